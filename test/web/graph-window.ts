/**
 * What of the graph can be seen: its nodes in the window, the size of their letters, labels that lie on each other.
 */
import type { Page } from "playwright-core";

export interface SeenNode {
  readonly id: string;
  readonly kind: string;
  /** Whether all of it lies in the window. */
  readonly inside: boolean;
  /** Height of its letters on the screen, in px. */
  readonly letters: number;
}

const WINDOW = ".react-flow";
const NODE = ".react-flow__node-journey";

export function listNodes(page: Page): Promise<SeenNode[]> {
  return page.locator(NODE).evaluateAll((nodes, around) => {
    return nodes.map((node) => {
      const frame = node.closest(around)?.getBoundingClientRect() ?? new DOMRect();
      const { left, top, right, bottom, width } = node.getBoundingClientRect();
      const inside =
        left >= frame.left - 1 && right <= frame.right + 1 && top >= frame.top - 1 && bottom <= frame.bottom + 1;
      const zoom = width / (node as HTMLElement).offsetWidth;
      const text = node.querySelector("span");
      const letters = text ? Number.parseFloat(getComputedStyle(text).fontSize) * zoom : 0;
      const kind = node.querySelector("[data-kind]")?.getAttribute("data-kind") ?? "";
      return { id: node.getAttribute("data-id") ?? "", kind, inside, letters };
    });
  }, WINDOW);
}

/** Pairs of nodes, or of labels, of which one lies on the other; a px of touching is none. */
export function findOverlaps(page: Page): Promise<string[]> {
  return page.locator(WINDOW).evaluate((frame, node) => {
    const boxes = [...frame.querySelectorAll(`${node}, svg[aria-hidden] g > rect`)].map((element) => ({
      name: element.getAttribute("data-id") ?? `label ${element.parentElement?.textContent}`,
      box: element.getBoundingClientRect(),
    }));
    return boxes.flatMap(({ name, box }, index) =>
      boxes.slice(index + 1).flatMap((other) => {
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        return across > 1 && down > 1
          ? [`${name} and ${other.name}: ${Math.round(across)} × ${Math.round(down)} px`]
          : [];
      }),
    );
  }, NODE);
}
