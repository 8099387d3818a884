export function EntityApplicationCard() { return <p>soon</p>; }
