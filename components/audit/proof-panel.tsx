"use client";

import { useMutation } from "@tanstack/react-query";
import { Download, ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { AuditEntry } from "@/lib/tenancy/audit/contract";
import { ErrorNotice } from "../http/error-notice";
import { Button } from "../ui/button";
import { Notice, Severity } from "../ui/severity";
import type { LogSource } from "./log-source";
import type { ProofStep } from "./prove-event";
import { type EventProof, fetchProof } from "./queries";

interface Judged {
  answer: EventProof;
  steps: ProofStep[];
  file: string;
}

const LEVELS = { proven: "success", failed: "critical", unknown: "neutral" } as const;

/** What verifies comes with the first press: curves and lattices are not what a log is read for. */
export function ProofPanel({ source, entry }: { source: LogSource; entry: AuditEntry }) {
  const t = useTranslations("audit.proof");
  const prove = useMutation({
    mutationFn: async (): Promise<Judged> => {
      const [answer, { judgeProof, proofFile }] = await Promise.all([
        fetchProof(source, entry.position),
        import("./prove-event"),
      ]);
      return { answer, steps: judgeProof(answer, entry), file: proofFile(answer) };
    },
  });
  return (
    <section className="mt-3 grid gap-2" aria-label={t("title")}>
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" pending={prove.isPending} onClick={() => prove.mutate()}>
          <ShieldCheck aria-hidden />
          {t("button")}
        </Button>
        {prove.data ? (
          <Button
            size="sm"
            variant="quiet"
            onClick={() => download(prove.data.file, `proof-${source.name}-${entry.position}.jsonl`)}
          >
            <Download aria-hidden />
            {t("download")}
          </Button>
        ) : null}
        <span className="text-12 text-muted">{t("lead")}</span>
      </div>
      {prove.error ? <ErrorNotice error={prove.error} onRetry={() => prove.mutate()} /> : null}
      {prove.data ? <Steps steps={prove.data.steps} /> : null}
    </section>
  );
}

function Steps({ steps }: { steps: readonly ProofStep[] }) {
  const t = useTranslations("audit.proof");
  const failed = steps.some(({ result }) => result === "failed");
  return (
    <>
      <Notice
        level={failed ? "critical" : "success"}
        role={failed ? "alert" : "status"}
        title={failed ? t("failed") : t("proven")}
      >
        {failed ? t("failedText") : t("provenText")}
      </Notice>
      <ol className="grid gap-2 rounded-md border bg-panel p-3 text-12">
        {steps.map(({ step, result, code, said }) => (
          <li key={step} className="grid gap-x-3 gap-y-0.5 sm:grid-cols-[8rem_minmax(0,1fr)]">
            <Severity level={LEVELS[result]}>{t(`result.${result}`)}</Severity>
            <div className="min-w-0">
              <p className="font-medium">{t(`step.${step}`)}</p>
              {code ? <p className="text-critical">{t(`error.${code}`)}</p> : null}
              {step === "witnesses" ? <p className="text-soft">{said ? t("witnesses") : t("noWitness")}</p> : null}
              {step === "event" && result === "unknown" ? <p className="text-soft">{t("archived")}</p> : null}
              {said ? (
                <p className="font-mono whitespace-pre-wrap text-muted [overflow-wrap:anywhere]">{said}</p>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
