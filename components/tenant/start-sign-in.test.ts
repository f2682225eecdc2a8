import { expect, it } from "vitest";
import { webAddress } from "./start-sign-in";

const HERE = "https://signalbox.example/sign-in";

it("goes to pages of the web", () => {
  expect(webAddress("https://id.example/auth?x=1", HERE)).toBe("https://id.example/auth?x=1");
  expect(webAddress("/sign-in?error=OAuthSignin", HERE)).toBe("https://signalbox.example/sign-in?error=OAuthSignin");
});

it.each([
  "javascript:alert(1)",
  " JavaScript:alert(1)",
  "data:text/html,x",
  "blob:https://signalbox.example/1",
  "file:///etc",
])("and not to %s", (url) => {
  expect(() => webAddress(url, HERE)).toThrow("no address of the web");
});
