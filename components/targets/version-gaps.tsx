import { useTranslations } from "next-intl";
import type { TargetDto, VersionGap } from "@/lib/targets/contract";
import { Notice, Severity, type SeverityLevel } from "../ui/severity";

const LEVELS: Record<VersionGap["reason"], SeverityLevel> = {
  declared: "warning",
  newer: "warning",
  older: "warning",
  replicas: "warning",
  unknown: "neutral",
};

type Gapped = { target: Pick<TargetDto, "versionGaps"> };

/** In a list: "runs 0.28.1, declared as 0.34". */
export function VersionGapLines({ target }: Gapped) {
  const t = useTranslations("targets.versionGap.short");
  return target.versionGaps?.map(({ reason, ...versions }) => (
    <Severity key={reason} level={LEVELS[reason]}>
      {t(reason, versions)}
    </Severity>
  ));
}

/** On the target's own page also what follows from it and what to do. */
export function VersionGapNotices({ target }: Gapped) {
  const t = useTranslations("targets.versionGap");
  return target.versionGaps?.map(({ reason, ...versions }) => (
    <Notice key={reason} level={LEVELS[reason]} title={t(`short.${reason}`, versions)}>
      <p>{t(`text.${reason}`, versions)}</p>
    </Notice>
  ));
}
