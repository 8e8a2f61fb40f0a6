"""The network in PyTorch: the base encoder, whose upper layers learn, and a head that reads each actor from its tokens."""

import torch
from torch import nn
from torch.nn import functional as F

FROZEN = 3  # layers that stay as they are
LAYERS = 10  # of the base's twelve: the last two serve its own task, likeness of sentences
HEADS, HIDDEN, INNER, POSITIONS = 12, 384, 1536, 512
BUCKETS = 15


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.fi, self.fo = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.aln, self.oln = nn.LayerNorm(HIDDEN, eps=1e-12), nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x, mask):
        batch, length, _ = x.shape
        q, k, v = (f(x).view(batch, length, HEADS, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        found = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=0.1 if self.training else 0.0)
        x = self.aln(x + F.dropout(self.ao(found.transpose(1, 2).reshape(batch, length, HIDDEN)), 0.1, self.training))
        return self.oln(x + F.dropout(self.fo(F.gelu(self.fi(x))), 0.1, self.training))


class Encoder(nn.Module):
    """ids [batch, length] and mask (1 for tokens, 0 for padding) → states [batch, length, 384]."""

    def __init__(self, n_pieces):
        super().__init__()
        self.word, self.position = nn.Embedding(n_pieces, HIDDEN), nn.Embedding(POSITIONS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def embed(self, ids):
        return self.norm(self.word(ids) + self.position.weight[: ids.shape[1]])

    def forward(self, ids, mask):
        wide = mask[:, None, None, :].bool()
        with torch.no_grad():
            x = self.embed(ids)
            for layer in self.layers[:FROZEN]:
                x = layer.eval()(x, wide)
        for layer in self.layers[FROZEN:]:
            x = layer(x, wide)
        return x


class Head(nn.Module):
    """Sentiment toward targets: what their own tokens say, and what these attend to in the sentence.

    states, mask: of the sentences; row [targets]: which sentence each target stands in; at [targets, length]: 1 on its
    tokens; distance [targets, length]: bucket of each token's distance from it.
    """

    def __init__(self):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.near = nn.Embedding(BUCKETS, HEADS)
        self.inner, self.out = nn.Linear(4 * HIDDEN, HIDDEN), nn.Linear(HIDDEN, 3)
        nn.init.zeros_(self.near.weight)

    def forward(self, states, mask, row, at, distance):
        x, seen = states[row], mask[row]
        target = (x * at[..., None]).sum(1) / at.sum(1, keepdim=True)
        whole = (x * seen[..., None]).sum(1) / seen.sum(1, keepdim=True)
        n, length, _ = x.shape
        q = self.query(target).view(n, HEADS, 1, -1)
        k, v = (f(x).view(n, length, HEADS, -1).transpose(1, 2) for f in (self.key, self.value))
        weight = (q * k).sum(-1) / 32**0.5 + self.near(distance).transpose(1, 2)
        weight = weight.masked_fill(seen[:, None, :] == 0, -1e4).softmax(-1)
        around = (weight[..., None] * v).sum(2).reshape(n, HIDDEN)
        found = torch.cat([x[:, 0], whole, target, around], -1)
        return self.out(F.dropout(F.gelu(self.inner(F.dropout(found, 0.1, self.training))), 0.1, self.training))


def base_encoder(tensors, kept):
    """The encoder with the weights of :func:`training.base.read_base`, its vocabulary cut to the pieces `kept`."""
    encoder = Encoder(len(kept))
    state = {
        "word.weight": tensors["emb.word"][kept],
        "position.weight": tensors["emb.pos"] + tensors["emb.type"].reshape(-1, HIDDEN)[0],
        "norm.weight": tensors["emb.ln.w"],
        "norm.bias": tensors["emb.ln.b"],
    }
    for name, value in tensors.items():
        layer, _, rest = name[1:].partition(".")
        if name[0] == "l" and layer.isdigit() and int(layer) < LAYERS:
            state[f"layers.{layer}.{rest.replace('.w', '.weight').replace('.b', '.bias')}"] = value
    encoder.load_state_dict({k: torch.tensor(v) for k, v in state.items()})
    for part in (encoder.word, encoder.position, encoder.norm, *encoder.layers[:FROZEN]):
        part.requires_grad_(False)
    return encoder
