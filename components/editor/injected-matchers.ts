"use client";

import { useMemo } from "react";
import { compileRoutes, type Matcher, printMatcher, profileFor } from "@/lib/alertmanager";
import { useFields } from "../fields/environment";
import { useEditor } from "./change-context";

/** A matcher that the owners of some targets ask of every alert before it comes to the root route. */
export type InjectedMatcher = { text: string; matcher: Matcher | null; targets: readonly string[] };

/** By target, each matcher once; what a target's version cannot read is told as it is written. */
export function injectedAt(targets: readonly { name: string; profile: string }[]): InjectedMatcher[] {
  const found = new Map<string, InjectedMatcher & { targets: string[] }>();
  for (const { name, profile } of targets) {
    const known = profileFor(profile);
    if (known.injectedMatchers === "") continue;
    const { injected } = compileRoutes({}, known).root;
    const matchers = injected.map((matcher) => ({ text: printMatcher(matcher), matcher }));
    for (const one of matchers.length > 0 ? matchers : [{ text: known.injectedMatchers, matcher: null }]) {
      const same = found.get(one.text) ?? { ...one, targets: [] };
      found.set(one.text, same);
      same.targets.push(name);
    }
  }
  return [...found.values()];
}

/** Of all targets that the fields are judged by. */
export function useInjectedMatchers(): readonly InjectedMatcher[] {
  const { judges } = useFields();
  return useMemo(
    () => injectedAt(judges.map(({ target, profile }) => ({ name: target, profile: profile.id }))),
    [judges],
  );
}

/** Of the targets with one profile. */
export function useInjectedBy(profile: string): readonly InjectedMatcher[] {
  const { judges } = useEditor();
  return useMemo(() => injectedAt(judges.filter((judge) => judge.profile === profile)), [judges, profile]);
}
