import type { DefaultsFit } from "@/lib/alertmanager";

export interface Judged {
  fit: DefaultsFit;
  /** Versions that the files fit, when it is not the one asked for. */
  others: string[];
}

/** How an installation's two files compare with what a version is known to bring. The library is read when it is asked. */
export async function judgeFiles(version: string, defaultTmpl: string, emailTmpl: string): Promise<Judged> {
  const { judgeDefaults, PROFILE_IDS, profileFor } = await import("@/lib/alertmanager");
  const files = [
    { name: "default.tmpl", content: defaultTmpl },
    { name: "email.tmpl", content: emailTmpl },
  ];
  const profiles = PROFILE_IDS.map(profileFor);
  // A version may have been built in several ways; its files are of one of them.
  const judged = profiles
    .filter((profile) => profile.version === version)
    .map((profile) => judgeDefaults(files, profile));
  const fit = judged.find(({ fits }) => fits) ?? judged.at(-1);
  if (!fit) throw new RangeError(`no version ${version}`);
  const others = fit.fits ? [] : profiles.filter((profile) => judgeDefaults(files, profile).fits);
  return { fit, others: [...new Set(others.map((profile) => profile.version))] };
}
