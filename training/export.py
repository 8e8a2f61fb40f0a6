"""The trained network as two ONNX files with 8-bit weights, for ONNX Runtime: the encoder, and the head that judges targets."""

import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnx.utils
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic

from analysis.reading.encoder import DEPTH, USES

from .model import HEADS, HIDDEN, LAYERS

_MICROSOFT = "com.microsoft"
FAR = 64
_CONTEXT = f"layers.{LAYERS - 4}.out"  # of the layers, the one whose states told best who is meant


class _Graph:
    """Nodes and constants of an ONNX graph, added one after the other."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, name, value):
        self.constants.append(numpy_helper.from_array(np.require(value, requirements="C"), name))
        return name

    def add(self, operator, *inputs, out, domain="", **attributes):
        made = helper.make_node(operator, inputs, [out], name=out, domain=domain, **attributes)
        self.nodes.append(made)
        return out


def _network(state, peaks):
    """The graph of encoder and head from their PyTorch weights, {name: array}.

    peaks: {name of a matrix: greatest absolute value of each channel of what comes in}. A few channels reach far beyond
    the rest, and 8 bits for all of them would blur these: so each channel is divided by a scale, and the matrix
    multiplied by it, which changes nothing but the rounding (Xiao et al. 2023).
    """
    g, c = _Graph(), state

    def even(x, name, *matrices):
        """x with its channels evened out, and the matrices made to fit."""
        weight = np.maximum(np.abs(np.concatenate(matrices, 1)).max(1), 1e-6)
        scale = (np.sqrt(np.maximum(peaks[name], 1e-6) / weight)).astype(np.float32)
        evened = g.add("Mul", x, g.constant(f"{name}.even", 1 / scale), out=f"{name}.in")
        return evened, [m * scale[:, None] for m in matrices]

    def linear(x, name, out):
        product = g.add("MatMul", x, g.constant(f"{name}.w", c[f"{name}.weight"].T), out=f"{out}.product")
        return g.add("Add", product, g.constant(f"{name}.b", c[f"{name}.bias"]), out=out)

    def norms(name):
        return [g.constant(f"{name}.{k}", c[f"{name}.{k}"]) for k in ("weight", "bias")]

    def matrix(x, name):
        evened, (weight,) = even(x, name, c[f"{name}.weight"].T)
        return evened, g.constant(f"{name}.w", weight)

    def after(product, x, one, bias, norm, out):
        """The sum of a layer's product, its bias and what came in, normalised.

        In three nodes: the runtime's fused one is slower on one thread than all three (`encoder` keeps it from fusing them).
        """
        biased = g.add("Add", product, g.constant(f"{one}.{bias}.b", c[f"{one}.{bias}.bias"]), out=f"{out}.biased")
        summed = g.add("Add", biased, x, out=f"{out}.summed")
        return g.add("LayerNormalization", summed, *norms(f"{one}.{norm}"), out=out, axis=-1, epsilon=1e-12)

    def wide(x, one):
        """The feed-forward part of a layer; the few inner channels that reach farthest are kept in full precision."""
        order = np.argsort(-peaks[f"{one}.fo"])
        up, bias, down = c[f"{one}.fi.weight"].T[:, order], c[f"{one}.fi.bias"][order], c[f"{one}.fo.weight"].T[order]
        evened, (up,) = even(x, f"{one}.fi", up)
        inner = g.add("MatMul", evened, g.constant(f"{one}.fi.w", up), out=f"{one}.fi")
        inner = g.add("BiasGelu", inner, g.constant(f"{one}.fi.b", bias), out=f"{one}.gelu", domain=_MICROSOFT)
        far, near = f"{one}.far", f"{one}.near"
        g.nodes.append(helper.make_node("Split", [inner, sizes], [far, near], name=f"{one}.split", axis=-1))
        exact = g.add("MatMul", far, g.constant(f"{one}.exact.w", down[:FAR]), out=f"{one}.exact")
        return g.add("Add", exact, g.add("MatMul", near, g.constant(f"{one}.fo.w", down[FAR:]), out=f"{one}.fo"), out=f"{one}.sum")  # fmt: skip

    sizes = g.constant("sizes", np.array([FAR, len(c["layers.0.fi.bias"]) - FAR]))
    words = g.add("Gather", g.constant("word", c["word.weight"]), "ids", out="words")
    length = g.add("Slice", g.add("Shape", "ids", out="shape"), *(g.constant(f"i{i}", np.array([i])) for i in (1, 2)), out="length")  # fmt: skip
    places = g.add("Slice", g.constant("position", c["position.weight"]), g.constant("i0", np.array([0])), "length", "i0", out="places")  # fmt: skip
    x = g.add("LayerNormalization", g.add("Add", words, places, out="embedded"), *norms("norm"), out="x", axis=-1, epsilon=1e-12)  # fmt: skip
    whole = g.add("Cast", "mask", out="whole_mask", to=TensorProto.INT32)
    assert length == "length"
    for i in range(LAYERS):
        one = f"layers.{i}"
        evened, (q, k, v) = even(x, f"{one}.q", *(c[f"{one}.{m}.weight"].T for m in "qkv"))
        packed = g.constant(f"{one}.qkv", np.concatenate([q, k, v], 1))
        biases = g.constant(f"{one}.qkv.b", np.concatenate([c[f"{one}.{k}.bias"] for k in "qkv"]))
        found = g.add("Attention", evened, packed, biases, whole, out=f"{one}.attention", domain=_MICROSOFT, num_heads=HEADS)  # fmt: skip
        x = after(g.add("MatMul", *matrix(found, f"{one}.ao"), out=f"{one}.ao"), x, one, "ao", "aln", f"{one}.middle")
        x = after(wide(x, one), x, one, "fo", "oln", "states" if i == LAYERS - 1 else f"{one}.out")
    _head(g, c, linear)
    return g


def _head(g, c, linear):
    """The head: see :class:`training.model.Head`."""
    x = g.add("Gather", "states", "row", out="rows")
    seen = g.add("Gather", "mask", "row", out="seen")
    middle = g.constant("axis1", np.array([1]))

    def mean(weights, out):
        wide = g.add("Unsqueeze", weights, middle, out=f"{out}.wide")
        total = g.add("Squeeze", g.add("MatMul", wide, x, out=f"{out}.sum"), middle, out=f"{out}.total")
        return g.add("Div", total, g.add("ReduceSum", weights, middle, out=f"{out}.n", keepdims=1), out=out)

    target, all_of_it = mean("at", "target"), mean(seen, "whole")
    zero = g.constant("zero", np.array(0))
    start = g.add("Gather", x, zero, out="start", axis=1)

    def by_head(name, y, shape, order):
        split = g.add("Reshape", linear(y, name, f"{name}.out"), g.constant(f"{name}.shape", np.array(shape)), out=f"{name}.split")  # fmt: skip
        return g.add("Transpose", split, out=f"{name}.heads", perm=order)

    q = by_head("query", target, [0, 1, HEADS, HIDDEN // HEADS], [0, 2, 1, 3])
    k = by_head("key", x, [0, 0, HEADS, HIDDEN // HEADS], [0, 2, 3, 1])
    v = by_head("value", x, [0, 0, HEADS, HIDDEN // HEADS], [0, 2, 1, 3])
    product = g.add("Mul", g.add("MatMul", q, k, out="qk"), g.constant("scale", np.float32(32**-0.5)), out="scaled")
    near = g.add("Gather", g.constant("near", c["near.weight"]), "distance", out="near.rows")
    near = g.add("Unsqueeze", g.add("Transpose", near, out="near.heads", perm=[0, 2, 1]), g.constant("axis2", np.array([2])), out="near.wide")  # fmt: skip
    absent = g.add("Mul", g.add("Sub", seen, g.constant("one", np.float32(1)), out="absent"), g.constant("far", np.float32(1e4)), out="hidden")  # fmt: skip
    absent = g.add("Unsqueeze", absent, g.constant("axes12", np.array([1, 2])), out="hidden.wide")
    weight = g.add("Softmax", g.add("Add", g.add("Add", product, near, out="placed"), absent, out="masked"), out="weight", axis=-1)  # fmt: skip
    around = g.add("Reshape", g.add("MatMul", weight, v, out="around.heads"), g.constant("flat", np.array([-1, HIDDEN])), out="around")  # fmt: skip
    found = g.add("Concat", start, all_of_it, target, around, out="found", axis=-1)
    inner = g.add("Gelu", linear(found, "inner", "inner.out"), out="inner.gelu", domain=_MICROSOFT)
    linear(inner, "out", "logits")


def save_onnx(state, peaks, batches, folder):
    """Writes `encoder.onnx`, its matrices in 8 bits (one scale per column), and `head.onnx` into a folder.

    peaks: see `_network`; batches: [(ids, mask), …] of sentences, on which `context` is fitted: see `split`.
    """
    g = _network(state, peaks)
    kinds = {"ids": (TensorProto.INT64, ["batch", "length"]), "mask": (TensorProto.FLOAT, ["batch", "length"]),
             "row": (TensorProto.INT64, ["targets"]), "at": (TensorProto.FLOAT, ["targets", "length"]),
             "distance": (TensorProto.INT64, ["targets", "length"])}  # fmt: skip
    outputs = {"logits": ["targets", 3]}
    graph = helper.make_graph(
        g.nodes,
        "sentiment",
        [helper.make_tensor_value_info(k, *v) for k, v in kinds.items()],
        [helper.make_tensor_value_info(k, TensorProto.FLOAT, v) for k, v in outputs.items()],
        g.constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
    made = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="cadrage")
    exact = [
        n.name
        for n in g.nodes
        if n.op_type in ("MatMul", "Gather") and not n.name.startswith("layers.") and n.name != "words"
    ]
    exact += [n.name for n in g.nodes if n.name.endswith(".exact")]
    with tempfile.TemporaryDirectory() as work:
        whole, small = Path(work) / "whole.onnx", Path(work) / "small.onnx"
        onnx.save(made, whole)
        options = {"DefaultTensorType": TensorProto.FLOAT, "MatMulConstBOnly": True}
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True, extra_options=options,
                         op_types_to_quantize=["MatMul", "Attention", "Gather"], nodes_to_exclude=exact)  # fmt: skip
        split(onnx.load(small), batches, folder)


def split(made, batches, folder):
    """Cuts a network in two files: `encoder.onnx` (ids, mask → states, context, uses) and `head.onnx` (states, … → logits).

    context: the fourth last layer's states of each piece along their `DEPTH` main directions, each of variance 1, which are found
    on the sentences of `batches`: enough for telling who is meant (:mod:`training.references`), small enough to be kept. uses: nothing (zeros) until :mod:`training.uses` has learned what to read there.
    """
    folder = Path(folder)
    described = [
        helper.make_tensor_value_info(n, TensorProto.FLOAT, ["batch", "length", HIDDEN]) for n in ("states", _CONTEXT)
    ]
    made.graph.value_info.extend(described)
    cut = onnx.utils.Extractor(made)
    body = cut.extract_model(["ids", "mask"], ["states", _CONTEXT])
    how = {"providers": ["CPUExecutionProvider"], "disabled_optimizers": ["SkipLayerNormFusion"]}
    session = InferenceSession(body.SerializeToString(), **how)
    run = lambda ids, mask: session.run([_CONTEXT], {"ids": ids, "mask": mask})[0][mask > 0]  # noqa: E731
    found = np.concatenate([run(*map(np.asarray, pair)) for pair in batches])
    middle = found.mean(0)
    _, length, axes = np.linalg.svd(found - middle, full_matrices=False)
    axes = axes * np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(1)])[:, None]  # their signs are arbitrary
    to = (axes[:DEPTH] / (length[:DEPTH, None] / np.sqrt(len(found)))).T.astype(np.float32)
    g = _Graph()
    centred = g.add("Sub", _CONTEXT, g.constant("context.middle", middle.astype(np.float32)), out="context.centred")
    g.add("MatMul", centred, g.constant("context.axes", to), out="context")
    g.add("MatMul", "states", g.constant("uses.none", np.zeros((HIDDEN, USES), np.float32)), out="uses")
    body.graph.node.extend(g.nodes)
    body.graph.initializer.extend(g.constants)
    del body.graph.output[1]
    for name, width in (("context", DEPTH), ("uses", USES)):
        body.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "length", width]))
    onnx.save(body, folder / "encoder.onnx")
    onnx.save(cut.extract_model(["states", "mask", "row", "at", "distance"], ["logits"]), folder / "head.onnx")


def peaks_of(encoder, batches):
    """{name of a matrix: greatest absolute value of each channel of what comes into it}, over batches of (ids, mask)."""
    import torch

    peaks, hooks = {}, []

    def watch(name):
        def note(_, inputs, __):
            seen = inputs[0].detach().abs().flatten(0, -2).amax(0).numpy()
            peaks[name] = np.maximum(peaks.get(name, 0), seen)

        return note

    for name, part in encoder.named_modules():
        if isinstance(part, torch.nn.Linear):
            hooks.append(part.register_forward_hook(watch(name)))
    with torch.no_grad():
        for ids, mask in batches:
            encoder.eval()(ids, mask)
    for hook in hooks:
        hook.remove()
    return peaks
