// Bounds of LINQ to XML; none is published, so they are ours.

/** Names and namespaces kept as one object each, so that equal ones are the same reference. */
export const namesInternedMax = 10_000;

/** Longer names are not kept. */
export const nameLengthInternedMax = 256;

/** Depth to which trees are copied and compared. */
export const treeDepthMax = 2_000;

/** Units of memory one node counts for, beside its text. */
export const unitsPerNode = 16;
