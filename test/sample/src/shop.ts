/** Where the shop's API answers. */
export const shop = process.env.SHOP_URL ?? "https://shop.example";

/** How many requests the shop allows each kind of call at a time. */
export const limit = 2;
