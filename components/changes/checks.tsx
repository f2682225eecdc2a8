"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Config, Diagnostic } from "@/lib/alertmanager";
import { chosenChange } from "../editor/chosen-change";
import { placeOf } from "../editor/place";
import { pathText } from "../editor/problems-pane";
import { chooseChange } from "../editor/session";
import { BrokenExpectations } from "../expectations/broken-expectations";
import { useDiagnosticText } from "../fields/field-diagnostics";
import { reveal } from "../fields/reveal";
import { LEVELS } from "../fields/severity-level";
import { useTenant } from "../http/tenant-context";
import { Card, CardHeader, CardTitle } from "../ui/card";
import { Severity, SeverityIcon } from "../ui/severity";

type ChecksProps = { diagnostics: readonly Diagnostic[] | undefined; config: Config; changeId: string };

/** What the check of this document found; each finding leads to its field. */
export function Checks({ diagnostics, config, changeId }: ChecksProps) {
  const t = useTranslations("changes");
  // Those of expectations are told above, at more length.
  const found = diagnostics?.filter(({ path }) => path[0] !== "expectations");
  const words = useDiagnosticText();
  const tenant = useTenant();
  const client = useQueryClient();
  const router = useRouter();
  const goTo = (path: Diagnostic["path"]) => {
    if (chosenChange(tenant.slug) !== changeId) chooseChange(tenant, client, changeId);
    const { page, id } = placeOf(path, config);
    router.push(`${tenant.href(page)}#${id}`);
    reveal(id);
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("checks")}</CardTitle>
      </CardHeader>
      <BrokenExpectations config={config} className="m-4" />
      {found === undefined ? (
        <p className="px-4 py-3 text-muted">{t("checking")}</p>
      ) : found.length === 0 ? (
        <div className="px-4 py-3">
          <Severity level="success">{t("noProblems")}</Severity>
        </div>
      ) : (
        <ul>
          {found.map((diagnostic, index) => (
            <li
              key={`${diagnostic.code}-${index.toString()}`}
              className="flex gap-2 border-b px-4 py-2.5 last:border-0"
            >
              <SeverityIcon level={LEVELS[diagnostic.severity]} className="mt-0.5" />
              <button
                type="button"
                className="min-w-0 flex-1 text-left hover:underline"
                onClick={() => goTo(diagnostic.path)}
              >
                {words(diagnostic)}
                <code className="block text-muted">{pathText(diagnostic.path)}</code>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
