"use client";

import { type RefObject, useEffect, useState } from "react";

const MARGIN = "1200px";

/**
 * Whether the element is near what is seen. What goes far away may be taken down again and keeps its `height`, so that
 * scrolling through thousands of rows leaves few of them in the page; where the cursor is in it, it stays.
 */
export function useWithin(element: RefObject<HTMLElement | null>, starts: boolean, stays: boolean) {
  const [within, setWithin] = useState<{ near: boolean; height: number | null }>({ near: starts, height: null });
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const near = entries.at(-1)?.isIntersecting ?? false;
        setWithin((before) => {
          if (near === before.near || (!near && box.contains(document.activeElement))) return before;
          return { near, height: near ? before.height : box.getBoundingClientRect().height };
        });
      },
      { rootMargin: MARGIN },
    );
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return { near: within.near || stays, height: within.height };
}
