// A real OpenID provider with rotating refresh tokens and three people. `OIDC_PORT`, `APP_URL`; AT_TTL is the access token's life in s.
import Provider from "oidc-provider";

const PEOPLE = {
  alice: { email: "alice@meridian.example", email_verified: true, name: "Alice Admin", groups: ["sre"] },
  bob: { email: "bob@meridian.example", email_verified: true, name: "Bob Viewer", groups: ["support"] },
  mallory: { email: "admin@signalbox.example", email_verified: false, name: "Mallory", groups: ["sre"] },
};

/**
 * Starts it; the issuer is on the same host name as the app, for cookies know no port. Port 0 takes a free one. `callback`: the
 * service's name at the app, where it is not the installation's own.
 */
export async function startOidcProvider({
  port = 0,
  appUrl,
  accessTokenSeconds = 300,
  codeSeconds = 60,
  host = "127.0.0.1",
  people = PEOPLE,
  callback = "oidc",
}) {
  const { createServer } = await import("node:http");
  let handle = (_request, response) => response.end();
  const server = createServer((request, response) => handle(request, response));
  await new Promise((resolve) => server.listen(port, host, resolve));
  const issuer = `http://${host}:${server.address().port}`;
  const errors = [];
  let requests = 0;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "signalbox",
        client_secret: "signalbox-secret",
        redirect_uris: [`${appUrl}/api/auth/callback/${callback}`],
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
      },
      {
        client_id: "signalbox-public",
        token_endpoint_auth_method: "none",
        redirect_uris: [`${appUrl}/api/auth/callback/${callback}`],
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
      },
    ],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    conformIdTokenClaims: false,
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    scopes: ["openid", "offline_access", "email", "profile"],
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: codeSeconds,
      IdToken: 3600,
      RefreshToken: 3600,
      Grant: 3600,
      Session: 3600,
      Interaction: 600,
    },
    cookies: { keys: ["of a fake"] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  });
  provider.on("grant.error", (_context, error) => errors.push(error.error_description ?? String(error)));
  provider.on("server_error", (_context, error) => errors.push(String(error)));
  const answer = provider.callback();
  handle = (request, response) => {
    requests++;
    return answer(request, response);
  };
  return { issuer, errors, requests: () => requests, stop: () => new Promise((resolve) => server.close(resolve)) };
}

if (process.argv[1] === import.meta.filename) {
  const { OIDC_PORT = "4499", APP_URL = "http://127.0.0.1:3000", AT_TTL = "300" } = process.env;
  const options = { port: Number(OIDC_PORT), appUrl: APP_URL, accessTokenSeconds: Number(AT_TTL) };
  const { issuer } = await startOidcProvider(options);
  process.stdout.write(`${issuer}\n`);
}
