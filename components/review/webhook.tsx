"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import type { WebhookDto } from "@/lib/notices/contract";
import { ErrorNotice } from "../http";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { CopyField } from "../ui/copy-field";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Severity } from "../ui/severity";
import { RelativeTime } from "../ui/time";
import { removeWebhook, saveWebhook, webhookQuery } from "./queries";

/** Where the tenant's notices go as signed JSON. */
export function Webhook() {
  const t = useTranslations("review.webhook");
  const tenant = useTenant();
  const query = useQuery(webhookQuery(tenant));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody>
        <Loaded query={query} rows={2}>
          {(webhook) => <WebhookForm key={webhook.url} webhook={webhook} />}
        </Loaded>
      </CardBody>
    </Card>
  );
}

function WebhookForm({ webhook }: { webhook: WebhookDto }) {
  const t = useTranslations("review.webhook");
  const tenant = useTenant();
  const client = useQueryClient();
  const id = useId();
  const save = useMutation({
    mutationFn: (body: { url: string; newSecret?: boolean }) => saveWebhook(tenant, webhook.version, body),
    onSuccess: (next) => client.setQueryData(webhookQuery(tenant).queryKey, next),
  });
  const remove = useMutation({
    mutationFn: () => removeWebhook(tenant),
    onSuccess: () => client.invalidateQueries({ queryKey: webhookQuery(tenant).queryKey }),
  });
  const { url, last, secret } = webhook;
  return (
    <form
      className="grid max-w-[640px] gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ url: String(new FormData(event.currentTarget).get("url")) });
      }}
    >
      <p className="text-muted">{t("text")}</p>
      <FormField id={`${id}-url`} label={t("url")} hint={t("hint")}>
        {(control) => <Input {...control} name="url" type="url" required defaultValue={url ?? ""} />}
      </FormField>
      {secret ? (
        <div className="grid gap-1.5">
          <p className="text-soft">{t("once")}</p>
          <CopyField value={secret} label={t("secret")} />
        </div>
      ) : null}
      {last ? (
        <p>
          <Severity level={last.error === null ? "success" : "critical"}>
            {last.error ?? t("taken", { status: last.status ?? 0 })}
          </Severity>{" "}
          <RelativeTime value={last.at} className="text-12 text-muted" />
        </p>
      ) : null}
      {save.error ? <ErrorNotice error={save.error} /> : null}
      {remove.error ? <ErrorNotice error={remove.error} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" pending={save.isPending}>
          {t("save")}
        </Button>
        {url === null ? null : (
          <>
            <Button pending={save.isPending} onClick={() => save.mutate({ url, newSecret: true })}>
              {t("newSecret")}
            </Button>
            <Button pending={remove.isPending} onClick={() => remove.mutate()}>
              {t("remove")}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}
