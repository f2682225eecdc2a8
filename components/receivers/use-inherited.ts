"use client";

import { useMemo } from "react";
import {
  type InheritedValue,
  type Integration,
  type IntegrationKey,
  inheritedValues,
  type Path,
} from "@/lib/alertmanager";
import { type FieldsEnvironment, useFields } from "../fields/environment";
import { pathId } from "../fields/path-id";

/** The surroundings of an integration's fields, who then show what the target fills in for those that are not set. */
export function useInherited(kind: IntegrationKey, integration: Integration, path: Path): FieldsEnvironment {
  const fields = useFields();
  const id = pathId(path);
  const text = JSON.stringify(inheritedValues(kind, integration, fields.global, fields.profile));
  // The same as long as it says the same: all fields are drawn anew when it changes.
  return useMemo(() => {
    const values: Readonly<Record<string, InheritedValue>> = JSON.parse(text);
    return {
      ...fields,
      inheritedAt: (at) => {
        const key = at.at(-1);
        if (key === undefined || pathId(at.slice(0, -1)) !== id) return undefined;
        return values[key] ?? null;
      },
    };
  }, [fields, text, id]);
}
