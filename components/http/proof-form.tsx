"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { AppError } from "@/lib/errors";
import type { Proof, StepUpDto } from "@/lib/tenancy/second-factor/contract";
import { Button } from "../ui/button";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Notice } from "../ui/severity";
import { api } from "./api";
import { ErrorNotice } from "./error-notice";
import { showPasskey, wasTurnedDown } from "./passkey";

type Method = StepUpDto["methods"][number];
type Typed = Exclude<Method, "passkey">;

const FIELDS = {
  totp: { inputMode: "numeric", autoComplete: "one-time-code", maxLength: 7, mono: true, type: "text" },
  recovery: { inputMode: "text", autoComplete: "off", maxLength: 60, mono: true, type: "text" },
  password: { inputMode: "text", autoComplete: "current-password", maxLength: 256, mono: false, type: "password" },
} as const;

function proofOf(method: Typed, text: string): Proof {
  if (method === "totp") return { code: text };
  return method === "recovery" ? { recoveryCode: text } : { password: text };
}

const isWrong = (error: unknown) => error instanceof AppError && error.details.reason === "wrong_proof";

/** Proves once more who somebody is, by one of the ways that they have; the first is the one that is shown. */
export function ProofForm({ methods, onDone }: { methods: readonly Method[]; onDone: () => void }) {
  const t = useTranslations("second-factor.proof");
  const [method, setMethod] = useState<Method>(methods[0] ?? "totp");
  const prove = useMutation({
    mutationFn: (proof: () => Promise<unknown>) =>
      proof().then((body) => api("/api/me/step-up", { method: "POST", body })),
    onSuccess: onDone,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (method === "passkey") prove.mutate(async () => ({ passkey: await showPasskey("/api/me/step-up/passkey") }));
    else {
      const text = String(new FormData(event.currentTarget).get("proof"));
      prove.mutate(async () => proofOf(method, text));
    }
  };
  const wrong = isWrong(prove.error);
  const others = methods.filter((other) => other !== method);
  return (
    <form onSubmit={onSubmit} className="grid gap-3">
      {prove.isError && !wrong ? (
        wasTurnedDown(prove.error) ? (
          <Notice level="warning" role="alert">
            {t("turnedDown")}
          </Notice>
        ) : (
          <ErrorNotice error={prove.error} />
        )
      ) : null}
      {method === "passkey" ? (
        <>
          {wrong ? (
            <Notice level="critical" role="alert">
              {t("wrongPasskey")}
            </Notice>
          ) : null}
          <p className="text-soft">{t("passkeyText")}</p>
        </>
      ) : (
        <FormField
          key={method}
          id="proof"
          label={t(`label.${method}`)}
          hint={t(`hint.${method}`)}
          error={wrong ? t(`wrong.${method}`) : undefined}
        >
          {({ ...control }) => <Input {...control} {...FIELDS[method]} name="proof" required autoFocus />}
        </FormField>
      )}
      <Button type="submit" variant="primary" pending={prove.isPending}>
        {method === "passkey" ? <KeyRound aria-hidden /> : null}
        {t(method === "passkey" ? "usePasskey" : "submit")}
      </Button>
      {others.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          {others.map((other) => (
            <Button
              key={other}
              variant="quiet"
              size="sm"
              onClick={() => {
                prove.reset();
                setMethod(other);
              }}
            >
              {t(`other.${other}`)}
            </Button>
          ))}
        </div>
      ) : null}
    </form>
  );
}
