/** What the host reads of app.json. */
export type AppJson = {
  readonly pages: readonly string[];
  readonly subPackages?: readonly SubPackage[];
  readonly subpackages?: readonly SubPackage[];
  readonly darkmode?: boolean;
  readonly window?: { readonly navigationBarTitleText?: string };
};

type SubPackage = { readonly root: string; readonly pages: readonly string[] };

/** A page's or component's own JSON. */
export type PageJson = {
  readonly component?: boolean;
  readonly usingComponents?: Readonly<Record<string, string>>;
  readonly navigationBarTitleText?: string;
};
