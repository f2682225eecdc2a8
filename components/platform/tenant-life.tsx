"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { TenantFacts } from "@/lib/tenancy/tiers/contract";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { ExactTime, RelativeTime } from "../ui/time";
import { useToast } from "../ui/toast";
import { DeleteTenant } from "./delete-tenant";
import { TENANTS_KEY, tenantQuery } from "./queries";

/** Suspend, resume, export, delete, restore. */
export function TenantLife({ tenant }: { tenant: TenantFacts }) {
  const t = useTranslations("platform.life");
  const id = useId();
  const [reason, setReason] = useState("");
  const [deleting, setDeleting] = useState(false);
  const act = useAct(tenant);
  const { state } = tenant.plan;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-4">
        {act.isError ? <ErrorNotice error={act.error} /> : null}
        {state === "active" ? (
          <form
            className="grid justify-items-start gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              act.mutate({ name: "suspend", body: { reason } });
            }}
          >
            <FormField id={`${id}-reason`} label={t("reason")} hint={t("suspendText")}>
              {(control) => (
                <Input
                  {...control}
                  className="min-w-72"
                  maxLength={300}
                  value={reason}
                  onChange={({ target }) => setReason(target.value)}
                />
              )}
            </FormField>
            <Button type="submit" pending={act.isPending}>
              {t("suspend")}
            </Button>
          </form>
        ) : null}
        {state === "suspended" ? (
          <div className="flex flex-wrap items-center gap-3">
            <Button variant="primary" pending={act.isPending} onClick={() => act.mutate({ name: "resume" })}>
              {t("resume")}
            </Button>
            {tenant.plan.reason ? <span className="text-soft">{t("why", { reason: tenant.plan.reason })}</span> : null}
          </div>
        ) : null}
        <div className="flex flex-wrap items-center gap-3 border-t pt-4">
          <Button asChild>
            <a href={`/api/platform/tenants/${tenant.id}/export`} download>
              <Download aria-hidden />
              {t("export")}
            </a>
          </Button>
          <span className="text-soft">
            {tenant.exportedAt ? (
              <>
                {t("exported")} <RelativeTime value={tenant.exportedAt} />
              </>
            ) : (
              t("neverExported")
            )}
          </span>
        </div>
        <div className="flex flex-wrap items-center gap-3 border-t pt-4">
          {state === "deleted" ? (
            <>
              <Button variant="primary" pending={act.isPending} onClick={() => act.mutate({ name: "restore" })}>
                {t("restore")}
              </Button>
              <span className="text-soft">
                {t("purged")} {tenant.purgeAfter ? <ExactTime value={tenant.purgeAfter} /> : null}
              </span>
            </>
          ) : (
            <>
              <Button variant="danger" onClick={() => setDeleting(true)}>
                {t("delete")}
              </Button>
              <span className="text-soft">{t("deleteText")}</span>
            </>
          )}
        </div>
      </CardBody>
      {deleting ? <DeleteTenant tenant={tenant} onClose={() => setDeleting(false)} /> : null}
    </Card>
  );
}

type Act = { name: "suspend" | "resume" | "restore"; body?: { reason: string } };

function useAct({ id, name: tenantName }: TenantFacts) {
  const t = useTranslations("platform.life");
  const client = useQueryClient();
  const { toast } = useToast();
  return useMutation({
    mutationFn: ({ name, body }: Act) =>
      api(`/api/platform/tenants/${id}/${name}`, { method: "POST", ...(body ? { body } : {}) }),
    onSuccess: (_, { name }) => toast({ title: t(`done.${name}`, { name: tenantName }) }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: TENANTS_KEY });
      await client.invalidateQueries({ queryKey: tenantQuery(id).queryKey });
    },
  });
}
