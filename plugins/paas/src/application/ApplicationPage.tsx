export function ApplicationPage() { return <p>soon</p>; }
