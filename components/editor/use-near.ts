"use client";

import { type RefObject, useEffect, useState } from "react";

/** True from the moment that the element comes near what is seen; what is far away need not be made yet. */
export function useNear(element: RefObject<HTMLElement | null>, startsNear: boolean): boolean {
  const [near, setNear] = useState(startsNear);
  useEffect(() => {
    if (near || !element.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: "1200px" },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [near, element]);
  return near || startsNear;
}
