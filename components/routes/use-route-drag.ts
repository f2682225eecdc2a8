"use client";

import { type RefObject, useEffect, useState } from "react";
import type { Place, Target } from "./route-edits";

const TYPE = "application/x-signalbox-route";

/** The upper part of a row means before it, the lower part behind it, between them into it. */
export function placeAt(y: number, height: number, isRoot: boolean): Place {
  if (isRoot) return "child";
  if (y < height * 0.3) return "before";
  return y > height * 0.7 ? "after" : "child";
}

function rowAt(event: DragEvent): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>("[data-route]") : null;
}

function targetAt(event: DragEvent): Target | null {
  const row = rowAt(event);
  const id = row?.dataset.route;
  if (!row || !id) return null;
  const { top, height } = row.getBoundingClientRect();
  return { id, place: placeAt(event.clientY - top, height, row.dataset.depth === "0") };
}

/**
 * Dragging a route by its handle, with the browser's own drag and drop; the menu and keys make the same moves. One set of
 * listeners at the list serves every row, which carry `data-route` and `data-depth`.
 */
export function useRouteDrag(list: RefObject<HTMLElement | null>, drop: (id: string, target: Target) => void) {
  const [over, setOver] = useState<Target | null>(null);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const start = (event: DragEvent) => {
      const row = rowAt(event);
      const id = row?.dataset.route;
      if (!event.dataTransfer || !row || !id) return;
      event.dataTransfer.setData(TYPE, id);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setDragImage(row, 12, 16);
    };
    const move = (event: DragEvent) => {
      const target = targetAt(event);
      if (!target || !event.dataTransfer?.types.includes(TYPE)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
      setOver((before) => (before?.id === target.id && before.place === target.place ? before : target));
    };
    const end = () => setOver(null);
    const finish = (event: DragEvent) => {
      const dragged = event.dataTransfer?.getData(TYPE);
      const target = targetAt(event);
      end();
      if (!dragged || !target) return;
      event.preventDefault();
      drop(dragged, target);
    };
    const listeners = { dragstart: start, dragover: move, dragend: end, drop: finish };
    for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        element.removeEventListener(name, listener as EventListener);
      }
    };
  }, [list, drop]);
  return over;
}
