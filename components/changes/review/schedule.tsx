"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { localInstants, zoneNames } from "@/lib/alertmanager";
import type { ChangeDto } from "@/lib/configuration/contract";
import type { FreezeWindow, ReviewDto, ScheduleDto } from "@/lib/configuration/review/contract";
import { ErrorNotice } from "../../http/error-notice";
import { FormDialog } from "../../http/form-dialog";
import { useTenant } from "../../http/tenant-context";
import { Button } from "../../ui/button";
import { FormField } from "../../ui/form-field";
import { Input } from "../../ui/input";
import { Notice } from "../../ui/severity";
import { Textarea } from "../../ui/textarea";
import { ExactTime, RelativeTime } from "../../ui/time";
import { useReviewAct } from "./queries";

/** When the change is published by itself, what keeps it from that, and the dialog that sets it. */
export function Schedule({ change, review }: { change: ChangeDto; review: ReviewDto }) {
  const t = useTranslations("review.schedule");
  const tenant = useTenant();
  const [open, setOpen] = useState(false);
  const act = useReviewAct(change.id);
  const { schedule, freeze } = review;
  const may = tenant.can("changes:schedule");
  return (
    <div className="grid gap-2 border-t pt-4">
      {schedule ? <Planned schedule={schedule} /> : null}
      <Windows freeze={freeze} />
      {may ? (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setOpen(true)}>{t(schedule ? "again" : "set")}</Button>
          {schedule?.status === "pending" ? (
            <Button pending={act.isPending} onClick={() => act.mutate({ path: "schedule/suspend" })}>
              {t("suspend")}
            </Button>
          ) : null}
          {schedule?.status === "suspended" && Date.parse(schedule.at) > Date.now() ? (
            <Button pending={act.isPending} onClick={() => act.mutate({ path: "schedule/resume" })}>
              {t("resume")}
            </Button>
          ) : null}
          {schedule ? (
            <Button pending={act.isPending} onClick={() => act.mutate({ path: "schedule", method: "DELETE" })}>
              {t("cancel")}
            </Button>
          ) : null}
        </div>
      ) : null}
      {act.error ? <ErrorNotice error={act.error} /> : null}
      {open ? <ScheduleDialog change={change} review={review} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function Planned({ schedule }: { schedule: ScheduleDto }) {
  const t = useTranslations("review.schedule");
  const { status, at, local, zone, by, reason, detail } = schedule;
  const level = status === "pending" || status === "started" ? "info" : "warning";
  return (
    <Notice level={level} role="status" title={t(`status.${status}`)}>
      <p>
        {local.replace("T", " ")} {zone} (<ExactTime value={at} />, <RelativeTime value={at} />)
      </p>
      <p className="text-12 text-muted">{t("by", { name: by.name })}</p>
      {reason ? <p>{t(`reason.${reason}`)}</p> : null}
      {detail ? <p className="text-12">{detail}</p> : null}
    </Notice>
  );
}

function Windows({ freeze }: { freeze: readonly FreezeWindow[] }) {
  const t = useTranslations("review.schedule");
  if (freeze.length === 0) return null;
  return (
    <ul aria-label={t("windows")} className="grid gap-1 text-12">
      {freeze.map(({ name, missing, holds, changesAt }) => (
        <li key={name} className={holds || missing ? "text-warning" : "text-muted"}>
          <code>{name}</code>: {t(missing ? "missing" : holds ? "holds" : "free")}{" "}
          {changesAt ? <ExactTime value={changesAt} /> : null}
        </li>
      ))}
    </ul>
  );
}

function ScheduleDialog({ change, review, onClose }: { change: ChangeDto; review: ReviewDto; onClose: () => void }) {
  const t = useTranslations("review.schedule");
  const form = useId();
  const plan = useReviewAct(change.id, onClose);
  const [zone, setZone] = useState(review.schedule?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [local, setLocal] = useState(review.schedule?.local ?? "");
  const instants = local === "" ? null : localInstants(zone, local);
  return (
    <FormDialog
      title={t("set")}
      description={t("text")}
      act={plan}
      submit={t("confirm")}
      onSubmit={(fields) => {
        const comment = String(fields.get("comment"));
        plan.mutate({ path: "schedule", method: "PUT", body: { at: local, zone, comment } });
      }}
      onClose={onClose}
    >
      <FormField id={`${form}-at`} label={t("at")}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            step={1}
            required
            value={local}
            onChange={(event) => setLocal(event.target.value)}
          />
        )}
      </FormField>
      <FormField id={`${form}-zone`} label={t("zone")}>
        {(control) => (
          <>
            <Input
              {...control}
              list={`${form}-zones`}
              required
              value={zone}
              onChange={(event) => setZone(event.target.value)}
            />
            <datalist id={`${form}-zones`}>
              {zoneNames().map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </>
        )}
      </FormField>
      <p role="status" className="text-12 text-muted">
        {instants === null ? null : instants.length === 0 ? (
          t("skipped")
        ) : (
          <>
            <ExactTime value={new Date(instants[0] ?? 0)} /> {instants.length > 1 ? t("twice") : null}
          </>
        )}
      </p>
      <FormField id={`${form}-comment`} label={t("comment")}>
        {(control) => <Textarea {...control} name="comment" rows={2} maxLength={2000} />}
      </FormField>
      <Windows freeze={review.freeze} />
    </FormDialog>
  );
}
