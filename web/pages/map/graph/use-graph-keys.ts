/**
 * The graph by keyboard: arrows move the focus along steps, Enter opens, Escape closes, + − 0 zoom.
 * Where a move leads is graph-focus.ts; this finds the elements and focuses them.
 */
import { useReactFlow } from "@xyflow/react";
import { type KeyboardEvent, type RefObject, useCallback } from "react";
import { moveFocus, moveOfKey, type Place, type Walkable } from "./graph-focus.ts";

interface GraphKeys {
  readonly place: RefObject<HTMLDivElement | null>;
  readonly walkable: Walkable;
  readonly onOpen: (place: Place) => void;
  readonly onClose: () => void;
  readonly onFocus: (id: string) => void;
  readonly onFit: () => void;
}

/** The node or edge an event came from. */
export function placeOf(target: EventTarget | null): Place | undefined {
  if (!(target instanceof Element)) return undefined;
  const node = target.closest<HTMLElement>(".react-flow__node-journey")?.dataset.id;
  if (node !== undefined) return { node };
  const edge = target.closest<SVGElement>("[data-edge]")?.dataset.edge;
  return edge === undefined ? undefined : { edge };
}

const idOf = (place: Place) => ("node" in place ? place.node : place.edge);

export function useGraphKeys({ place, walkable, onOpen, onClose, onFocus, onFit }: GraphKeys) {
  const flow = useReactFlow();
  const focus = useCallback(
    (next: Place) => {
      const id = idOf(next);
      const selector = "node" in next ? ".react-flow__node-journey" : "[data-edge]";
      const all = [...(place.current?.querySelectorAll<HTMLElement | SVGElement>(selector) ?? [])];
      onFocus(id);
      all.find(({ dataset }) => (dataset.edge ?? dataset.id) === id)?.focus({ preventScroll: true });
    },
    [place, onFocus],
  );
  return useCallback(
    (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const at = placeOf(event.target);
      const act = keyAction(event.key, at, {
        walkable,
        focus,
        onOpen,
        onClose,
        onFit,
        zoom: (by) => void flow.zoomTo(flow.getZoom() * by),
      });
      if (!act) return;
      event.preventDefault();
      act();
    },
    [walkable, focus, onOpen, onClose, onFit, flow],
  );
}

interface Actions {
  readonly walkable: Walkable;
  readonly focus: (place: Place) => void;
  readonly onOpen: (place: Place) => void;
  readonly onClose: () => void;
  readonly onFit: () => void;
  readonly zoom: (by: number) => void;
}

function keyAction(key: string, at: Place | undefined, actions: Actions): (() => void) | undefined {
  if (key === "+" || key === "=") return () => actions.zoom(1.25);
  if (key === "-") return () => actions.zoom(0.8);
  if (key === "0") return actions.onFit;
  if (key === "Escape") return actions.onClose;
  if (!at) return undefined;
  if (key === "Enter" || key === " ") return () => actions.onOpen(at);
  const move = moveOfKey(key);
  const next = move && moveFocus(actions.walkable, at, move);
  return next && (() => actions.focus(next));
}
