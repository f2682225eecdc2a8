const BROWSERS = [
  ["Edge", /Edg\//],
  ["Opera", /OPR\//],
  ["Firefox", /Firefox\//],
  ["Chrome", /Chrom(e|ium)\//],
  ["Safari", /Safari\//],
  ["curl", /^curl\//],
] as const;
const SYSTEMS = [
  ["iOS", /iPhone|iPad/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X/],
  ["Linux", /Linux|X11/],
] as const;

/** "Firefox, Linux": enough to recognise one's own device, no more. */
export function deviceName(userAgent: string | null | undefined): string | null {
  if (!userAgent) return null;
  const parts = [BROWSERS, SYSTEMS].map((list) => list.find(([, pattern]) => pattern.test(userAgent))?.[0]);
  return parts.filter(Boolean).join(", ") || userAgent.slice(0, 40);
}
