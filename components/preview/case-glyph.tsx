import type { ReactNode } from "react";

const FIRING = "fill-critical";
const square = (x: number, y: number, size: number) => (
  <rect key={`${x}-${y}`} className={FIRING} x={x} y={y} width={size} height={size} rx="1" />
);
const columns = [3, 9, 15, 21];

/** A picture for each built-in case: squares fire, circles are resolved. */
const GLYPHS: Readonly<Record<string, ReactNode>> = {
  one: square(11, 3, 6),
  many: [1, 7].flatMap((y) => columns.map((x) => square(x, y, 4))),
  resolved: <circle className="fill-success" cx="14" cy="6" r="3.2" />,
  mixed: (
    <>
      {square(6, 3, 6)}
      <circle className="fill-success" cx="19" cy="6" r="3.2" />
    </>
  ),
  missing: (
    <rect className="fill-none stroke-muted [stroke-dasharray:1.5_1.5]" x="10.5" y="2.5" width="7" height="7" rx="1" />
  ),
  huge: <rect className={FIRING} x="3" y="1" width="22" height="10" rx="1" />,
  hostile: (
    <path
      className="fill-none stroke-critical [stroke-linecap:round] [stroke-linejoin:round] [stroke-width:1.5]"
      d="M9 2 5 6l4 4M19 2l4 4-4 4M15.5 1.5l-3 9"
    />
  ),
};

export function CaseGlyph({ id }: { id: string }) {
  return (
    <svg viewBox="0 0 28 12" className="h-3 w-7" aria-hidden>
      {GLYPHS[id] ?? GLYPHS.one}
    </svg>
  );
}
