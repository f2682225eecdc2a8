/** Targets that route alike, and who they are. */
export type Judge = { profile: string; targets: readonly string[] };

export type Judges = {
  /** The one that was asked; null when the tenant has no target. */
  profile: string | null;
  /** Each profile once, in the order of the targets. */
  all: readonly Judge[];
  choose: (profile: string) => void;
};

/** The profiles of the targets, and the one that is wanted or else the first. */
export function judgesOf(
  targets: readonly { name: string; profile: string }[],
  wanted: string,
): Omit<Judges, "choose"> {
  const byProfile = Map.groupBy(targets, ({ profile }) => profile);
  const all = [...byProfile].map(([profile, of]) => ({ profile, targets: of.map(({ name }) => name) }));
  const chosen = all.find(({ profile }) => profile === wanted) ?? all[0];
  return { profile: chosen?.profile ?? null, all };
}
