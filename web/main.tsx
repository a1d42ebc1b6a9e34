/**
 * Starts the web app: styles, looks, the store of answers, the router.
 */
import "@mantine/core/styles.css";
import "@fontsource-variable/inter/index.css";
import "./global.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ProblemError } from "./api/client.ts";
import { router } from "./router.tsx";
import { cssVariables, theme } from "./theme.ts";

/** The server's nonce: the only styles the browser takes besides our files. */
const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
// Dialogs and drawers stop the page behind them from scrolling by a style that asks for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce });

const answers = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      // What the API refused it will refuse again; only an unreachable server is asked once more.
      retry: (count, error) => count < 1 && error instanceof ProblemError && error.problem.status === 503,
    },
  },
});

const place = document.getElementById("root");
if (place) {
  createRoot(place).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        cssVariablesResolver={cssVariables}
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={answers}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
