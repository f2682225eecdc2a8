/** Bars over time; what they say is said in words beside them. */
export function Sparkline({ counts, most }: { counts: readonly number[]; most: number }) {
  const width = counts.length * 5;
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${width} 20`}
      preserveAspectRatio="none"
      className="h-5 w-full min-w-[96px] max-w-[240px] text-accent"
    >
      <line x1="0" x2={width} y1="19.5" y2="19.5" className="stroke-line" strokeWidth="1" />
      {counts.map((count, index) => {
        const height = count === 0 ? 0 : Math.max(1.5, (count / Math.max(1, most)) * 19);
        // The position is the identity here: a bar is its part of the window.
        const key = `${index}`;
        return <rect key={key} x={index * 5} y={20 - height} width="4" height={height} fill="currentColor" />;
      })}
    </svg>
  );
}
