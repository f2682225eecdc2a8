"use client";

import { useTranslations } from "next-intl";
import type { CasePreview, IntegrationPreview, Path, PreviewWarning } from "@/lib/alertmanager";
import { pathText, useGoToPath } from "../editor/problems-pane";
import { Notice } from "../ui/severity";
import { failingCases, isExpected, isGrave } from "./case-state";
import { profileName } from "./profile-name";

type OutcomeProps = { one: CasePreview; integration: IntegrationPreview; profile: string };

function GoTo({ path }: { path: Path }) {
  const t = useTranslations("preview");
  const goTo = useGoToPath();
  return (
    <button type="button" className="link" onClick={() => goTo(path)}>
      {t("goToField")}
    </button>
  );
}

/** Nothing comes out: why, in Alertmanager's words, whether it tries again, and where to mend it. */
export function Failed({ one, integration, profile }: OutcomeProps) {
  const t = useTranslations("preview");
  const path = [...integration.path, ...(one.failure?.path ?? [])];
  const field = pathText(path.slice(integration.path.length));
  const of = { profile: profileName(profile), field: field || "none", failing: failingCases(integration) };
  const code = (chunks: React.ReactNode) => <code>{chunks}</code>;
  const crashed = one.outcome === "crashed";
  const sent = one.requests.length;
  return (
    <Notice level="critical" title={crashed ? t("crashed", of) : undefined}>
      {crashed ? (
        <p>{t("crashedText")}</p>
      ) : (
        <p>
          {t.rich(sent > 0 ? "failedAfter" : "failed", { ...of, sent, all: integration.cases.length, code })}{" "}
          {t(one.failure?.retried ? "retried" : "notRetried")} <GoTo path={path} />
        </p>
      )}
      <p className="mt-1 font-mono text-12 text-soft">{crashed ? one.crash : one.failure?.message}</p>
      {crashed ? <GoTo path={path} /> : null}
    </Notice>
  );
}

/** Nothing comes out, and nothing is wrong about that. */
export function Silent({ one, integration }: Omit<OutcomeProps, "profile">) {
  const t = useTranslations("preview");
  const resolved = one.case === "resolved";
  return (
    <Notice level="neutral">
      <p>
        {t(resolved ? "silentResolved" : "silent")}{" "}
        {resolved ? <GoTo path={[...integration.path, "send_resolved"]} /> : null}
      </p>
    </Notice>
  );
}

/** What is sent, but hardly as meant. */
export function Warnings({
  warnings,
  shownCase,
  integration,
  profile,
}: {
  warnings: readonly PreviewWarning[];
  shownCase: string;
  integration: IntegrationPreview;
  profile: string;
}) {
  const t = useTranslations("preview");
  if (warnings.length === 0) return null;
  return (
    <ul className="grid gap-1.5">
      {warnings.map((warning) => {
        const { code, path, message } = warning;
        return (
          <li key={`${code}-${path.join("-")}`}>
            <Notice level={isGrave(warning) ? "critical" : isExpected(shownCase, warning) ? "info" : "warning"}>
              <p>
                {t.rich(`warnings.${code}`, {
                  field: pathText(path),
                  profile: profileName(profile),
                  code: (chunks) => <code>{chunks}</code>,
                })}{" "}
                <GoTo path={[...integration.path, ...path]} />
              </p>
              {message ? <p className="mt-1 font-mono text-12 text-soft">{message}</p> : null}
            </Notice>
          </li>
        );
      })}
    </ul>
  );
}
