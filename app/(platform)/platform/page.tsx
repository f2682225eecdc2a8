import { redirect } from "next/navigation";
import { PLATFORM_SECTIONS } from "@/components/platform/sections";

export default function PlatformPage() {
  redirect(`/platform/${PLATFORM_SECTIONS[0]}`);
}
