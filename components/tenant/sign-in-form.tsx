"use client";

import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "../ui/button";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Notice } from "../ui/severity";

const SPOKEN = ["CredentialsSignin", "RateLimited", "AccessDenied", "Callback", "Link"] as const;

/** next-auth names its failures; those that we can explain have a text, the rest share one. */
export function useSignInError(): (code: string | null | undefined) => string | null {
  const t = useTranslations("auth.error");
  return (code) => {
    if (!code) return null;
    const known = code.startsWith("OAuth") ? "Callback" : SPOKEN.find((name) => name === code);
    return t(known ?? "Default");
  };
}

export type SignInFormProps = {
  /** Name of the company's sign-in service, when one is configured. */
  oidc: { id: string; name: string } | null;
  password: { id: string } | null;
  next: string;
  error: string | null;
};

export function SignInForm({ oidc, password, next, error }: SignInFormProps) {
  const t = useTranslations("auth.signIn");
  const router = useRouter();
  const explain = useSignInError();
  const [failure, setFailure] = useState(error);
  const [pending, setPending] = useState<"oidc" | "password" | null>(null);

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!password) return;
    const form = new FormData(event.currentTarget);
    setPending("password");
    setFailure(null);
    const answer = await signIn(password.id, {
      email: String(form.get("email")),
      password: String(form.get("password")),
      redirect: false,
    }).catch(() => undefined);
    if (answer?.ok) {
      router.replace(next);
      router.refresh();
      return;
    }
    setPending(null);
    setFailure(answer?.error ?? "Default");
  };

  return (
    <div className="grid gap-4">
      {failure ? (
        <Notice level="critical" role="alert">
          {explain(failure)}
        </Notice>
      ) : null}
      {oidc ? (
        <Button
          variant="primary"
          className="w-full"
          pending={pending === "oidc"}
          onClick={() => {
            setPending("oidc");
            void signIn(oidc.id, { callbackUrl: next });
          }}
        >
          {t("oidc", { provider: oidc.name })}
        </Button>
      ) : null}
      {oidc && password ? (
        <div className="flex items-center gap-3 text-12 text-muted">
          <span className="h-px flex-1 bg-line" />
          {t("or")}
          <span className="h-px flex-1 bg-line" />
        </div>
      ) : null}
      {password ? (
        <form onSubmit={onSubmit} className="grid gap-3">
          <FormField id="email" label={t("email")}>
            {(control) => <Input {...control} name="email" type="email" autoComplete="username" required />}
          </FormField>
          <FormField id="password" label={t("password")}>
            {(control) => (
              <Input {...control} name="password" type="password" autoComplete="current-password" required />
            )}
          </FormField>
          <Button
            type="submit"
            variant={oidc ? "default" : "primary"}
            className="w-full"
            pending={pending === "password"}
          >
            {t("submit")}
          </Button>
          <p className="text-12 text-muted">{t("help")}</p>
        </form>
      ) : null}
      {oidc || password ? null : <Notice level="warning">{t("nothing")}</Notice>}
    </div>
  );
}
