"use client";

import { useMessages } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { useEffect, useMemo, useState } from "react";
import type { AuditFilter } from "@/lib/tenancy/audit/contract";
import { isObject } from "./event-facts";
import { eventText } from "./event-text";

const NAMES = ["q", "actor", "noun", "type", "from", "to"] as const;
export type FilterNames = (typeof NAMES)[number];
export type ShownFilter = Record<FilterNames, string>;

const text = parseAsString.withDefault("");
const PARSERS = { q: text, actor: text, noun: text, type: text, from: text, to: text };
const TYPING_MS = 250;

/** The filter stands in the address; the server is asked when somebody stops typing. */
export function useAuditFilter() {
  const [shown, set] = useQueryStates(PARSERS, { throttleMs: 200 });
  const words = useSettled(shown.q.trim());
  const named = useNamedTypes(words);
  const { actor, noun, type, from, to } = shown;
  const filter = useMemo(
    () => given({ q: words, named, actor, noun, type, from, to }),
    [words, named, actor, noun, type, from, to],
  );
  return { shown, filter, set };
}

function given(filter: Record<FilterNames | "named", string>): AuditFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Types whose names in the reader's language hold the words: the log knows no language. */
function useNamedTypes(words: string): string {
  const { audit } = useMessages();
  return useMemo(() => namedIn(isObject(audit) && isObject(audit.events) ? audit.events : {}, words), [audit, words]);
}

export function namedIn(names: Readonly<Record<string, unknown>>, words: string): string {
  const wanted = words.toLowerCase();
  if (wanted === "") return "";
  const fits = ([type, name]: [string, unknown]) =>
    String(name).toLowerCase().includes(wanted) || eventText(type).toLowerCase().includes(wanted);
  return Object.entries(names)
    .filter(fits)
    .map(([type]) => type)
    .join(",");
}
