import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { LOCALE_COOKIE, loadMessages, overHttps, TIME_ZONE_COOKIE } from "./index";
import { knownTimeZone, negotiateLocale } from "./negotiate";

export default getRequestConfig(async () => {
  const [cookie, header] = await Promise.all([cookies(), headers()]);
  const chosen = (name: string) => (cookie.get(overHttps(name)) ?? cookie.get(name))?.value;
  const locale = negotiateLocale(chosen(LOCALE_COOKIE), header.get("accept-language"));
  return {
    locale,
    messages: await loadMessages(locale),
    timeZone: knownTimeZone(decodeURIComponent(chosen(TIME_ZONE_COOKIE) ?? "")),
    now: new Date(),
  };
});
