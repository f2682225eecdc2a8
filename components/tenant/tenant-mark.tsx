export function TenantMark({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="grid size-6 shrink-0 place-items-center rounded-sm bg-text text-12 leading-none font-semibold text-panel"
    >
      {name.trim().charAt(0).toUpperCase()}
    </span>
  );
}

/** Initials of a person; the name itself always stands beside it. */
export function Face({ name }: { name: string }) {
  const initials = name
    .split(/[\s.@_-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join("");
  return (
    <span
      aria-hidden
      className="grid size-6 shrink-0 place-items-center rounded-full bg-pressed text-11 leading-none font-medium text-soft"
    >
      {initials}
    </span>
  );
}
