"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { IsolationDto } from "@/lib/tenancy/isolation/contract";
import { ISOLATION_LEVELS, type Isolation, type TenantFacts } from "@/lib/tenancy/tiers/contract";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { Loaded } from "../http/loaded";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { FormField } from "../ui/form-field";
import { Select } from "../ui/select";
import { RelativeTime } from "../ui/time";
import { useToast } from "../ui/toast";
import { TENANTS_KEY, tenantIsolationQuery } from "./queries";

/** Where the tenant's data are, and how they are moved. */
export function TenantIsolation({ tenant }: { tenant: TenantFacts }) {
  const t = useTranslations("platform.isolation");
  const query = useQuery(tenantIsolationQuery(tenant.id));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <Loaded query={query} className="m-4">
        {(isolation) => <Panel key={isolation.level} tenant={tenant} isolation={isolation} />}
      </Loaded>
    </Card>
  );
}

function Panel({ tenant, isolation: { level, moves } }: { tenant: TenantFacts; isolation: IsolationDto }) {
  const t = useTranslations("platform.isolation");
  const levels = useTranslations("platform.levels");
  const id = useId();
  const others = ISOLATION_LEVELS.filter((other) => other !== level);
  const byTier = tenant.plan.isolation;
  const [chosen, setChosen] = useState<Isolation>(byTier === level ? (others[0] ?? byTier) : byTier);
  const move = useMove(tenant.id);
  const [last] = moves;
  const moving = last?.state === "requested" || last?.state === "copying";
  return (
    <CardBody className="grid gap-4">
      <p>
        {t("now")}: <strong>{levels(level)}</strong>
        {byTier === level ? null : <span className="ml-3 text-soft">{t("byTier", { level: levels(byTier) })}</span>}
      </p>
      {last ? <LastMove move={last} /> : null}
      {move.isError ? <ErrorNotice error={move.error} /> : null}
      {tenant.plan.state === "deleted" ? null : (
        <form
          className="grid justify-items-start gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            move.mutate(chosen);
          }}
        >
          <FormField id={`${id}-level`} label={t("moveTo")} hint={t("text")}>
            {(control) => (
              <Select
                {...control}
                disabled={moving}
                value={chosen}
                onChange={({ target }) => setChosen(others.find((other) => other === target.value) ?? chosen)}
              >
                {others.map((other) => (
                  <option key={other} value={other}>
                    {levels(other)}
                  </option>
                ))}
              </Select>
            )}
          </FormField>
          <Button type="submit" pending={move.isPending} disabled={moving}>
            {t("move")}
          </Button>
        </form>
      )}
    </CardBody>
  );
}

function LastMove({ move }: { move: IsolationDto["moves"][number] }) {
  const t = useTranslations("platform.isolation");
  const levels = useTranslations("platform.levels");
  const { state, attempts, error, progress, requestedAt } = move;
  const level = levels(move.wanted);
  const facts: string[] = [];
  if (state === "copying" && progress.table) facts.push(t("table", { table: progress.table }));
  if (state === "copying" && attempts > 1) facts.push(t("attempt", { count: attempts }));
  if (state === "switched" || state === "done") {
    if (progress.rows !== undefined) facts.push(t("rows", { count: progress.rows }));
    if (progress.pauseMs !== undefined) facts.push(t("pause", { ms: progress.pauseMs }));
    if (state === "switched") facts.push(t("cleaning"));
  }
  const said = {
    requested: t("requested"),
    copying: t("copying", { level }),
    switched: t("moved", { level }),
    done: t("moved", { level }),
    failed: t("failed", { level }),
  }[state];
  return (
    <div role="status" className="grid gap-1">
      <p>
        {said} {facts.length > 0 ? <span className="text-soft">({facts.join(", ")})</span> : null}{" "}
        <span className="text-12 text-muted">
          <RelativeTime value={requestedAt} />
        </span>
      </p>
      {error ? <p className="text-critical [overflow-wrap:anywhere]">{error}</p> : null}
    </div>
  );
}

function useMove(id: string) {
  const t = useTranslations("platform.isolation");
  const client = useQueryClient();
  const { toast } = useToast();
  return useMutation({
    mutationFn: (level: Isolation) => api(`/api/platform/tenants/${id}/isolation`, { method: "POST", body: { level } }),
    onSuccess: () => toast({ title: t("asked") }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: TENANTS_KEY });
      await client.invalidateQueries({ queryKey: tenantIsolationQuery(id).queryKey });
    },
  });
}
