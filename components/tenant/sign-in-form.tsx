"use client";

import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { api } from "../http/api";
import { Button } from "../ui/button";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Notice } from "../ui/severity";
import { startSignIn } from "./start-sign-in";

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

type Service = { id: string; name: string };

export type SignInFormProps = {
  /** Company's sign-in service of the whole installation, when one is configured. */
  oidc: Service | null;
  /** Of the tenant that the address names. */
  service: Service | null;
  password: { id: string } | null;
  next: string;
  error: string | null;
};

const whereToAnswer = async () => (await import("@/lib/tenancy/sign-in/contract")).whereToSchema;

export function SignInForm({ oidc, service, password, next, error }: SignInFormProps) {
  const t = useTranslations("auth.signIn");
  const explain = useSignInError();
  const [failure, setFailure] = useState(error);
  const [pending, setPending] = useState<string | null>(null);

  const goTo = async (id: string) => {
    setPending(id);
    setFailure(null);
    try {
      await startSignIn(id, next);
    } catch {
      setPending(null);
      setFailure("Default");
    }
  };
  const services = [service, oidc].filter((each) => each !== null);

  return (
    <div className="grid gap-4">
      {failure ? (
        <Notice level="critical" role="alert">
          {explain(failure)}
        </Notice>
      ) : null}
      {services.map(({ id, name }, at) => (
        <Button
          key={id}
          variant={at === 0 ? "primary" : "default"}
          className="w-full"
          pending={pending === id}
          onClick={() => void goTo(id)}
        >
          {t("oidc", { provider: name })}
        </Button>
      ))}
      {services.length > 0 && password ? (
        <div className="flex items-center gap-3 text-12 text-muted">
          <span className="h-px flex-1 bg-line" />
          {t("or")}
          <span className="h-px flex-1 bg-line" />
        </div>
      ) : null}
      {password ? (
        <AddressForm
          password={password}
          next={next}
          primary={services.length === 0}
          onFailure={setFailure}
          onService={goTo}
        />
      ) : null}
      {services.length > 0 || password ? null : <Notice level="warning">{t("nothing")}</Notice>}
    </div>
  );
}

type AddressFormProps = {
  password: { id: string };
  next: string;
  primary: boolean;
  onFailure(code: string | null): void;
  onService(id: string): Promise<void>;
};

/** First the address, whose domain may have a service of its own; the same for addresses that nobody here has. */
function AddressForm({ password, next, primary, onFailure, onService }: AddressFormProps) {
  const t = useTranslations("auth.signIn");
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const [pending, setPending] = useState(false);

  const route = async (email: string) => {
    const { provider } = await api("/api/auth/where-to", { method: "POST", body: { email }, schema: whereToAnswer });
    if (provider) await onService(provider.id);
    else setAsked(true);
  };
  const enter = async (email: string, given: string) => {
    const answer = await signIn(password.id, { email, password: given, redirect: false }).catch(() => undefined);
    if (answer?.ok) {
      router.replace(next);
      router.refresh();
    } else onFailure(answer?.error ?? "Default");
  };
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get("email"));
    setPending(true);
    onFailure(null);
    await (asked ? enter(email, String(form.get("password"))) : route(email)).catch(() => onFailure("Default"));
    setPending(false);
  };

  return (
    <form onSubmit={onSubmit} className="grid gap-3">
      <FormField id="email" label={t("email")}>
        {(control) => <Input {...control} name="email" type="email" autoComplete="username" required />}
      </FormField>
      {asked ? (
        <FormField id="password" label={t("password")}>
          {(control) => (
            <Input {...control} name="password" type="password" autoComplete="current-password" required autoFocus />
          )}
        </FormField>
      ) : null}
      <Button type="submit" variant={primary ? "primary" : "default"} className="w-full" pending={pending}>
        {t(asked ? "submit" : "continue")}
      </Button>
      {asked ? (
        <p className="text-12 text-muted">{t("help")}</p>
      ) : (
        <Button variant="quiet" size="sm" className="justify-self-start" onClick={() => setAsked(true)}>
          {t("usePassword")}
        </Button>
      )}
    </form>
  );
}
