import { redirect } from "next/navigation";
import { SETTINGS_SECTIONS } from "@/components/tenant/settings-sections";

export default async function SettingsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  redirect(`/${tenant}/settings/${SETTINGS_SECTIONS[0].name}`);
}
