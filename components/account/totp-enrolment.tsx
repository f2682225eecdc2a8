"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { QRCodeSVG } from "qrcode.react";
import { type FormEvent, useId } from "react";
import { AppError } from "@/lib/errors";
import { type Enrolled, enrolledSchema, totpBegunSchema } from "@/lib/tenancy/second-factor/contract";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { Loaded } from "../http/loaded";
import { Button } from "../ui/button";
import { CopyField } from "../ui/copy-field";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";

const PATH = "/api/me/second-factor/totp";

/** A picture for the authenticator app, the same as text, and a code that shows that it was read. */
export function TotpEnrolment({ onDone }: { onDone: (enrolled: Enrolled) => void }) {
  const t = useTranslations("second-factor.totp");
  const run = useId();
  // Once for each time that it is opened: a second request would end the secret of the first.
  const begun = useQuery({
    queryKey: ["me", "totp", run],
    queryFn: () => api(PATH, { method: "POST", schema: totpBegunSchema }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const confirm = useMutation({
    mutationFn: (body: { id: string; name: string; code: string }) =>
      api(PATH, { method: "PUT", body, schema: enrolledSchema }),
    onSuccess: onDone,
  });
  const wrong = confirm.error instanceof AppError && confirm.error.details.reason === "wrong_proof";
  return (
    <Loaded query={begun} rows={4}>
      {({ id, secret, uri }) => {
        const onSubmit = (event: FormEvent<HTMLFormElement>) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          confirm.mutate({ id, name: String(form.get("name")), code: String(form.get("code")) });
        };
        return (
          <form onSubmit={onSubmit} className="grid gap-3">
            <p>{t("scan")}</p>
            <div className="justify-self-center rounded-md bg-white p-3">
              <QRCodeSVG value={uri} size={176} marginSize={0} title={t("picture")} />
            </div>
            <div className="grid gap-1">
              <p className="text-12 text-muted">{t("orType")}</p>
              <CopyField value={secret} label={t("secret")} />
            </div>
            {confirm.isError && !wrong ? <ErrorNotice error={confirm.error} /> : null}
            <FormField id="totp-name" label={t("name")} hint={t("nameHint")}>
              {(control) => <Input {...control} name="name" defaultValue={t("defaultName")} maxLength={60} required />}
            </FormField>
            <FormField id="totp-code" label={t("code")} hint={t("codeHint")} error={wrong ? t("wrong") : undefined}>
              {(control) => (
                <Input
                  {...control}
                  name="code"
                  mono
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  maxLength={7}
                  required
                />
              )}
            </FormField>
            <Button type="submit" variant="primary" pending={confirm.isPending}>
              {t("submit")}
            </Button>
          </form>
        );
      }}
    </Loaded>
  );
}
