"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { HistoryState, HistorySettings as Settings, TapDto } from "@/lib/history/contract";
import { api } from "../http/api";
import { useFailureToast } from "../http/failure-toast";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Room } from "../plan/room";
import { Button } from "../ui/button";
import { Card, CardAside, CardBody, CardHeader, CardTitle } from "../ui/card";
import { FormField, Label } from "../ui/form-field";
import { Input } from "../ui/input";
import { Switch } from "../ui/switch";
import { RelativeTime } from "../ui/time";
import { useToast } from "../ui/toast";
import { NewTap } from "./new-tap";
import { historyQuery } from "./queries";

/** Where alerts come from, and how long they are kept. */
export function HistorySettings() {
  const t = useTranslations("alerts.history");
  const tenant = useTenant();
  const query = useQuery(historyQuery(tenant));
  const [adding, setAdding] = useState(false);
  const manages = tenant.can("tenant:settings");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>
          {query.data ? <span>{t("known", { count: query.data.labelSets })}</span> : null}
          {manages ? (
            <Button size="sm" onClick={() => setAdding(true)}>
              <Plus aria-hidden />
              {t("add")}
            </Button>
          ) : null}
        </CardAside>
      </CardHeader>
      <Loaded query={query} className="m-4">
        {(data) => (
          <>
            <CardBody className="grid gap-2 text-soft">
              <p>{t("lead")}</p>
              <p>
                {data.lastReceivedAt ? (
                  <>
                    {t("last")} <RelativeTime value={data.lastReceivedAt} />
                  </>
                ) : (
                  t("nothing")
                )}
              </p>
              <Room quota="tapRate" />
            </CardBody>
            <Taps taps={data.taps} manages={manages} />
            {manages ? <Keeping key={`${data.retentionDays} ${data.pollTargets}`} state={data} /> : null}
          </>
        )}
      </Loaded>
      {adding ? <NewTap onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

function Taps({ taps, manages }: { taps: readonly TapDto[]; manages: boolean }) {
  const t = useTranslations("alerts.history");
  const tenant = useTenant();
  const refresh = useRefresh();
  const { toast } = useToast();
  const onError = useFailureToast();
  const revoke = useMutation({
    mutationFn: ({ id }: TapDto) => api(tenant.endpoint(`taps/${id}`), { method: "DELETE" }),
    onSuccess: (_, { name }) => toast({ title: t("revoked", { name }) }),
    onError,
    onSettled: refresh,
  });
  if (taps.length === 0) return null;
  return (
    <ul className="border-t">
      {taps.map((tap) => (
        <li key={tap.id} className="flex min-h-9 items-center gap-3 border-b px-4 py-1.5 last:border-0">
          <span className="font-medium [overflow-wrap:anywhere]">{tap.name}</span>
          <span className="text-12 text-muted">
            {tap.lastUsedAt ? (
              <>
                {t("used")} <RelativeTime value={tap.lastUsedAt} />
              </>
            ) : (
              t("unused")
            )}
          </span>
          {manages ? (
            <Button
              className="ml-auto"
              variant="quiet"
              size="icon-sm"
              aria-label={t("revoke", { name: tap.name })}
              pending={revoke.isPending && revoke.variables.id === tap.id}
              onClick={() => revoke.mutate(tap)}
            >
              <Trash2 aria-hidden />
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Keeping({ state }: { state: HistoryState }) {
  const t = useTranslations("alerts.history");
  const common = useTranslations("common");
  const tenant = useTenant();
  const { toast } = useToast();
  const refresh = useRefresh();
  const onError = useFailureToast();
  const id = useId();
  const [days, setDays] = useState(String(state.retentionDays));
  const [poll, setPoll] = useState(state.pollTargets);
  const save = useMutation({
    mutationFn: (body: Settings) => api(tenant.endpoint("history"), { method: "PUT", body }),
    onSuccess: () => toast({ title: t("saved") }),
    onError,
    onSettled: refresh,
  });
  const retentionDays = Number(days);
  const valid = /^\d+$/.test(days) && retentionDays >= 1 && retentionDays <= 400;
  const changed = retentionDays !== state.retentionDays || poll !== state.pollTargets;
  return (
    <form
      className="flex flex-wrap items-end gap-x-6 gap-y-3 border-t p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) save.mutate({ retentionDays, pollTargets: poll });
      }}
    >
      <FormField id={`${id}-days`} label={t("days")} {...(valid ? {} : { error: t("daysWrong") })}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            className="w-24"
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        )}
      </FormField>
      <div className="flex min-h-8 items-center gap-2">
        <Switch id={`${id}-poll`} checked={poll} onCheckedChange={setPoll} />
        <Label htmlFor={`${id}-poll`}>{t("poll")}</Label>
      </div>
      <Button type="submit" disabled={!valid || !changed} pending={save.isPending}>
        {common("save")}
      </Button>
      <Room quota="historyDays" used={retentionDays || 0} className="basis-full" />
    </form>
  );
}

function useRefresh() {
  const client = useQueryClient();
  const tenant = useTenant();
  return () => client.invalidateQueries({ queryKey: historyQuery(tenant).queryKey });
}
