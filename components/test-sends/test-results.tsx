"use client";

import { useTranslations } from "next-intl";
import { INTEGRATIONS } from "@/lib/alertmanager";
import type { TestOutcome, TestRequestDto, TestResultDto } from "@/lib/test-sends/contract";
import { Severity, type SeverityLevel } from "../ui/severity";
import { RelativeTime } from "../ui/time";

const LEVELS: Record<TestOutcome, SeverityLevel> = {
  delivered: "success",
  retry: "warning",
  drop: "critical",
  redirected: "warning",
  silent: "neutral",
  refused: "critical",
  unsupported: "warning",
};

/** What came of it: who answered what, how fast, and what Alertmanager would have done next. */
export function TestResults({ results, fresh }: { results: readonly TestResultDto[]; fresh: boolean }) {
  const t = useTranslations("test-sends");
  return (
    <>
      <h3 className="mb-1.5 text-13 font-medium">{t(fresh ? "results" : "last")}</h3>
      <ul className="grid gap-2">
        {results.map((result) => (
          <li key={result.id} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1.5 rounded-md border p-3">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
              <Severity level={LEVELS[result.outcome]}>{t(`outcomes.${result.outcome}`)}</Severity>
              <span>
                {INTEGRATIONS[result.key].label}
                <span className="text-muted"> {result.index + 1}</span>
              </span>
              <span className="text-12 text-muted">
                {t("by", { name: result.sentBy })} · <RelativeTime value={result.sentAt} /> ·{" "}
                {t("took", { ms: result.durationMs })}
              </span>
            </p>
            <p className="text-12 text-muted">{t(`meanings.${result.outcome}`)}</p>
            {result.note === "" ? null : <p className="text-12 [overflow-wrap:anywhere]">{result.note}</p>}
            {result.requests.map((request, nth) => (
              <RequestLine key={`${result.id}-${nth.toString()}`} request={request} />
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

function RequestLine({ request }: { request: TestRequestDto }) {
  const t = useTranslations("test-sends");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1 border-t pt-1.5">
      <p className="flex flex-wrap gap-x-2 font-mono text-12 [overflow-wrap:anywhere]">
        <span>
          {request.method} {request.host}
          {request.path}
        </span>
        <span className="text-muted">
          {request.status === null ? t("noAnswer") : t("answered", { status: request.status })} ·{" "}
          {t("took", { ms: request.durationMs })}
        </span>
      </p>
      {request.error ? (
        <p className="text-12">
          {t(`failures.${request.error.reason}`)} <span className="text-muted">{request.error.message}</span>
        </p>
      ) : null}
      {request.response === "" ? null : (
        <pre className="rounded-sm bg-sunken p-2 font-mono text-12 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {request.response}
        </pre>
      )}
    </div>
  );
}
