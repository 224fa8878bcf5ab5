const stock = new Map([["lamp", 3]]);

export async function reserve(article, count) {
  const left = stock.get(article) ?? 0;
  if (left < count) {
    throw new Error(`Only ${left} of ${article} left.`);
  }
  stock.set(article, left - count);
}
