/**
 * Addresses to pages: /<workspace>/<page>. The root opens the first workspace's overview.
 */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { fetchJson } from "./api/client.ts";
import type { WorkspaceInfo } from "./api/types.ts";
import { scopeSearchSchema } from "./scope/scope.ts";
import { loadPage, PRESENT } from "./shell/pages.ts";
import { Shell } from "./shell/shell.tsx";
import { Working } from "./ui/answer-view.tsx";
import { NotFound, PageError } from "./ui/page-error.tsx";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageError });

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  loader: async () => {
    const { workspaces } = await fetchJson<{ workspaces: readonly WorkspaceInfo[] }>("/api/v1/workspaces");
    const name = (workspaces.find(({ first }) => first) ?? workspaces[0])?.name ?? "main";
    throw redirect({ to: `/${name}/overview` as never, replace: true });
  },
});

const workspace = createRoute({
  getParentRoute: () => root,
  path: "$workspace",
  validateSearch: (search) => scopeSearchSchema.parse(search),
  component: Shell,
  notFoundComponent: NotFound,
});

/** /main and /main/map lead to their first page. */
const shortcuts = [
  ["/", "overview"],
  ["map", "map/graph"],
  ["diagnose", "diagnose/moments"],
  ["model", "model/repurchase"],
  ["deliver", "deliver/portfolio"],
  ["measure", "measure/kpis"],
].map(([path, page]) =>
  createRoute({
    getParentRoute: () => workspace,
    path: path as string,
    beforeLoad: ({ params, search }) => {
      throw redirect({
        to: `/${(params as { workspace: string }).workspace}/${page}` as never,
        search: search as never,
        replace: true,
      });
    },
  }),
);

const pages = PRESENT.map((page) => {
  const load = loadPage(page);
  return createRoute({
    getParentRoute: () => workspace,
    path: page.path,
    component: lazyRouteComponent(async () => ({ default: await (load as NonNullable<typeof load>)() })),
    pendingComponent: () => <Working seconds={undefined} />,
    errorComponent: PageError,
  });
});

export const router = createRouter({
  routeTree: root.addChildren([start, workspace.addChildren([...shortcuts, ...pages])]),
  defaultPreload: "intent",
  scrollRestoration: true,
});
