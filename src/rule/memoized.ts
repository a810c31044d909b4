/** The same function, which makes its result for an object once and keeps it as long as there is that object. */
export function memoized<Key extends object, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const kept = new WeakMap<Key, { made: Made }>();
  return (key) => {
    let known = kept.get(key);
    if (!known) kept.set(key, (known = { made: make(key) }));
    return known.made;
  };
}
