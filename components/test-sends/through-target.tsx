"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PostedAlertDto } from "@/lib/test-sends/contract";
import { targetsQuery } from "../editor/queries";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Notice } from "../ui/severity";
import { RelativeTime } from "../ui/time";
import { postAlert } from "./queries";
import { readLabels } from "./read-labels";

/** A marked alert for the Alertmanager that runs, where its operator allows it: its own routes bring it here. */
export function ThroughTarget({ receiverId }: { receiverId: string }) {
  const t = useTranslations("test-sends");
  const tenant = useTenant();
  const { data } = useQuery(targetsQuery(tenant));
  const [text, setText] = useState("");
  const labels = readLabels(text);
  const post = useMutation({
    mutationFn: (targetId: string) => postAlert(tenant, { targetId, receiverId, ...(labels ? { labels } : {}) }),
  });
  const targets = (data ?? []).filter(({ allowsTestAlerts }) => allowsTestAlerts);
  if (targets.length === 0) return null;
  return (
    <section aria-label={t("through")} className="grid gap-2 border-t pt-3">
      <h3 className="text-13 font-medium">{t("through")}</h3>
      <p className="text-12 text-muted">{t("throughText")}</p>
      <FormField
        id="test-labels"
        label={t("labels")}
        hint={t("labelsHint")}
        {...(labels === null ? { error: t("labelsWrong") } : {})}
      >
        {(control) => (
          <Input
            mono
            value={text}
            placeholder="team=web, severity=critical"
            onChange={(event) => setText(event.target.value)}
            {...control}
          />
        )}
      </FormField>
      <div className="flex flex-wrap gap-2">
        {targets.map(({ id, name }) => (
          <Button
            key={id}
            size="sm"
            pending={post.isPending && post.variables === id}
            disabled={labels === null}
            onClick={() => post.mutate(id)}
          >
            {t("postTo", { name })}
          </Button>
        ))}
      </div>
      {post.error ? <ErrorNotice error={post.error} /> : null}
      <div aria-live="polite">{post.data ? <Posted posted={post.data} /> : null}</div>
    </section>
  );
}

export function Posted({ posted }: { posted: PostedAlertDto }) {
  const t = useTranslations("test-sends");
  const refused = posted.replicas.filter(({ ok }) => !ok);
  return (
    <Notice
      level={refused.length === 0 ? "success" : "warning"}
      title={t("posted", { taken: posted.replicas.length - refused.length, all: posted.replicas.length })}
    >
      <p>{t("routed", { receivers: posted.receivers.join(", ") })}</p>
      <p className="font-mono text-12">
        {Object.entries(posted.labels)
          .map(([name, value]) => `${name}="${value}"`)
          .join(", ")}
      </p>
      <p className="text-12 text-muted">
        {t("ends")} <RelativeTime value={posted.endsAt} />
      </p>
      {refused.map(({ replica, words }) => (
        <p key={replica} className="text-12">
          {replica}: {words}
        </p>
      ))}
    </Notice>
  );
}
