const HEX = /^#?((?:[0-9a-f]{3}){1,2})$/i;
/** Names of colours that a browser knows and alerts use. */
const NAMES: ReadonlySet<string> = new Set(
  "red green blue yellow orange purple gray grey black white brown pink cyan magenta maroon navy olive teal lime silver gold crimson darkred darkgreen darkorange".split(
    " ",
  ),
);

/** A colour that is written in digits; whatever else stands there never reaches a style. */
export function hexColor(color: string): string | null {
  const digits = HEX.exec(color.trim())?.[1];
  return digits ? `#${digits.toLowerCase()}` : null;
}

/** The same, or a name. */
export function cssColor(color: string): string | null {
  const name = color.trim().toLowerCase();
  return NAMES.has(name) ? name : hexColor(color);
}

/** A colour as a number, as Discord takes it. */
export function numberColor(color: number | null): string | null {
  if (color === null || color < 0 || color > 0xff_ff_ff) return null;
  return `#${Math.trunc(color).toString(16).padStart(6, "0")}`;
}
