import fc from "fast-check";
import { expect, it } from "vitest";
import { quoteParity } from "./quote-parity.ts";

it("agrees with counting, wherever in memory the bytes begin", () => {
  const byte = fc.oneof(fc.constantFrom(0x22, 0x23, 0x21, 0xa2, 0x00, 0xff), fc.nat({ max: 255 }));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 60 }), fc.nat({ max: 5 }), (bytes, offset) => {
      const memory = new Uint8Array(bytes.length + offset).fill(0x22);
      memory.set(bytes, offset);
      expect(quoteParity(memory.subarray(offset))).toBe(bytes.filter((one) => one === 0x22).length % 2);
    }),
    { seed: 7, numRuns: 1000 },
  );
});
