"use client";

import { useTranslations } from "next-intl";
import { lazy, memo, Suspense, useMemo, useState } from "react";
import { sampleCases } from "@/lib/alertmanager/preview";
import { useEditor } from "../editor/change-context";
import { Tag } from "../ui/badge";
import { Select } from "../ui/select";
import type { Previewer } from "./previewer";
import { profileName } from "./profile-name";
import { usePreviewChoice } from "./use-preview";

const SampleDialog = lazy(async () => ({ default: (await import("./sample-dialog")).SampleDialog }));

/** Which alert the cases are made from, and whose words the target speaks. */
export const SampleLine = memo(({ previewer }: { previewer: Previewer }) => {
  const t = useTranslations("preview");
  const { profiles } = useEditor();
  const { sample, profile } = usePreviewChoice(previewer);
  const [editing, setEditing] = useState(false);
  const usual = useMemo(() => sampleCases(undefined, previewer.now)[0]?.alerts[0], [previewer]);
  const { labels = {} } = sample ?? usual ?? {};
  const name = labels.alertname ?? Object.values(labels)[0] ?? "";
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-12 text-muted">
      <span className="min-w-0 truncate">
        {t("sample.line")} <code className="text-soft">{name}</code>
        {sample ? ` (${t("sample.edited")})` : null}
      </span>
      <button type="button" className="link" onClick={() => setEditing(true)}>
        {t("sample.edit")}
      </button>
      {profiles.length > 1 ? (
        <Select
          mono
          className="ml-auto"
          aria-label={t("profile")}
          value={profile}
          onChange={(event) => previewer.choose({ profile: event.target.value })}
        >
          {profiles.map((id) => (
            <option key={id} value={id}>
              {profileName(id)}
            </option>
          ))}
        </Select>
      ) : profile ? (
        <Tag mono className="ml-auto">
          {profileName(profile)}
        </Tag>
      ) : null}
      {editing && usual ? (
        <Suspense>
          <SampleDialog
            alert={sample ?? usual}
            changed={sample !== null}
            onClose={() => setEditing(false)}
            onTake={(alert) => previewer.choose({ sample: alert })}
          />
        </Suspense>
      ) : null}
    </div>
  );
});
SampleLine.displayName = "SampleLine";
