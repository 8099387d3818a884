export function EntityApplicationContent() { return <p>soon</p>; }
