/**
 * How the web app is built: one page, its views split off, every asset from our own server.
 * `npm run build` calls it through scripts/prepare.mjs; `npx vite web` serves it with a running `waymark serve` behind.
 */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const API = process.env.WAYMARK_API ?? "http://127.0.0.1:4477";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // The server puts a fresh nonce in place of this word in every copy of the page.
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    outDir: "../dist-web",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    sourcemap: false,
    // The first that know light-dark(): lowered for older ones, it would follow neither our switch nor the system.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
    chunkSizeWarningLimit: 900,
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api/v1": { target: API, changeOrigin: true, headers: { origin: API } } },
  },
});
