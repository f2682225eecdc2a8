"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Diagnostic, IntegrationKey, StructDefinition, TargetProfile } from "@/lib/alertmanager";
import { useFields } from "./environment";

/** A target, as far as it judges what is edited. */
export type Judge = {
  target: string;
  /** What it said it runs; null when nobody knows, then its profile is assumed. */
  version: string | null;
  profile: TargetProfile;
};

/** `objectors`: profiles of the targets that make this finding, where others do not. */
export type Finding = Diagnostic & { objectors?: readonly string[] };

/** Targets that cannot read the key. */
export function whoLacks(judges: readonly Judge[], struct: StructDefinition, key: string): Judge[] {
  return judges.filter(({ profile }) => !profile.knows(struct, key));
}

/** Targets that cannot send through this kind of integration. */
export function whoLacksIntegration(judges: readonly Judge[], key: IntegrationKey): Judge[] {
  return judges.filter(({ profile }) => !profile.knowsIntegration(key));
}

export function whoObjects(judges: readonly Judge[], { objectors }: Finding): Judge[] {
  return objectors ? judges.filter(({ profile }) => objectors.includes(profile.id)) : [];
}

/** "since 0.30; production runs 0.28.1": why something cannot be used. */
export function useLackText(): (since: string | undefined, lacking: readonly Judge[]) => string {
  const t = useTranslations("fields");
  const format = useFormatter();
  return (since, lacking) => {
    const targets = format.list(
      lacking.map(({ target, version, profile }) =>
        t(version === null ? "targetAssumed" : "targetRuns", { target, version: version ?? profile.version }),
      ),
    );
    // Some builds leave out what their version has.
    const late = since !== undefined && lacking.some(({ profile }) => !profile.reaches(since));
    return late ? t("since", { since, targets }) : t("leftOut", { targets });
  };
}

/** "Only production (0.28.1) objects", for a finding that the other targets do not make. */
export function useObjectorText(): (finding: Finding) => string | null {
  const t = useTranslations("fields");
  const format = useFormatter();
  const { judges } = useFields();
  return (finding) => {
    const named = whoObjects(judges, finding).map(
      ({ target, version, profile }) => `${target} (${version ?? profile.version})`,
    );
    return named.length > 0 ? t("onlyFor", { count: named.length, targets: format.list(named) }) : null;
  };
}
