/**
 * A log whose measured journey has 60 touchpoints and 400 steps between them: as crowded as a graph has to bear.
 * Every number follows from a seed.
 */
export const CROWDED = { touchpoints: 60, steps: 400 } as const;

const CUSTOMERS = 6_000;
const FIRST = Date.UTC(2025, 0, 1);
/** Where steps lead to, counted in touchpoints: mostly forwards. The first forty touchpoints have all, the others six. */
const WAYS = [1, 2, 3, 5, 8, -2, -7] as const;
const ENTRANCES = 4;
const LONGEST = 24;

/** Numbers from 0 to 1 (mulberry32). */
function drawFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function waysFrom(touchpoint: number): readonly number[] {
  return touchpoint < CROWDED.steps - (WAYS.length - 1) * CROWDED.touchpoints ? WAYS : WAYS.slice(0, -1);
}

/** As CSV with header: customer, event, timestamp. Every step of the graph is walked. */
export function crowdedLog(): string {
  const draw = drawFrom(60_400);
  const lines = ["customer,event,timestamp"];
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    let touchpoint = Math.floor(draw() * ENTRANCES);
    let time = FIRST + Math.floor(draw() * 300) * 86_400_000;
    const length = 6 + Math.floor(draw() * (LONGEST - 6));
    for (let step = 0; step < length; step++) {
      lines.push(`c${customer},Touchpoint ${touchpoint + 1},${new Date(time).toISOString()}`);
      const ways = waysFrom(touchpoint);
      const way = ways[Math.floor(draw() ** 2 * ways.length)] ?? 1;
      touchpoint = (touchpoint + way + CROWDED.touchpoints) % CROWDED.touchpoints;
      time += 60_000 + Math.floor(draw() * 3_600_000);
    }
  }
  return `${lines.join("\n")}\n`;
}
