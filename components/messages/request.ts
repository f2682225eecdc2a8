import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { LOCALE_COOKIE, loadMessages, TIME_ZONE_COOKIE } from "./index";
import { knownTimeZone, negotiateLocale } from "./negotiate";

export default getRequestConfig(async () => {
  const [cookie, header] = await Promise.all([cookies(), headers()]);
  const locale = negotiateLocale(cookie.get(LOCALE_COOKIE)?.value, header.get("accept-language"));
  return {
    locale,
    messages: await loadMessages(locale),
    timeZone: knownTimeZone(decodeURIComponent(cookie.get(TIME_ZONE_COOKIE)?.value ?? "")),
    now: new Date(),
  };
});
