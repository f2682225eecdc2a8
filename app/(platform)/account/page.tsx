import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Profile } from "@/components/account/profile";
import { meOrSignIn } from "./me-or-sign-in";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title") };
}

export default async function AccountPage() {
  return <Profile me={await meOrSignIn("/account")} />;
}
