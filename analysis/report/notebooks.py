"""The notebooks that make pages: which they are, and how they are executed, side by side."""

import atexit
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from ..text.language import tr
from ..text.places import TEMPLATES, notebooks_folder


def notebooks():
    """(path, title, one sentence) of each notebook that makes a page, in order; from their metadata.

    Raises FileNotFoundError where there is none, for a report without its pages is none.
    """
    found = []
    for path in sorted(notebooks_folder().glob("[0-9]*.ipynb")):
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        if metadata.get("page", True):
            found.append((path, tr(metadata.get("title", path.stem)), tr(metadata.get("description", ""))))
    if not found:
        raise FileNotFoundError(f"no notebook in {notebooks_folder()}: the report's pages are made from them")
    return found


@contextmanager
def executed(paths, *, workers=None, progress=False):
    """The HTML pages of notebooks, one after the other in their order; as many are executed at once as there are cores.

    Raises RuntimeError naming the first notebook that fails; whatever stops the run, no kernel is left behind.
    """
    import nbclient  # noqa: F401
    import nbconvert  # noqa: F401 (here, not first in a thread: half loaded they disturb whoever draws meanwhile)
    from tqdm import tqdm

    running, pool = [], ThreadPoolExecutor(workers or _cores())
    try:
        pages = pool.map(lambda path: execute(path, running), paths)
        yield tqdm(pages, total=len(paths), desc="Notebooks", unit="page", disable=not progress)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        left = list(running)
        for client in left:
            _stop(client)
        pool.shutdown()
        for client in left:  # nbclient would look once more for a kernel that is no more
            atexit.unregister(client._cleanup_kernel)


def _cores():
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _stop(client):
    """Ends the kernel of a client, if it has one that lives."""
    process = getattr(getattr(client.km, "provisioner", None), "process", None)
    if process is not None and process.poll() is None:
        process.kill()


def execute(path, running=None):
    """The HTML page of a notebook, executed in a fresh kernel where it stands. Raises RuntimeError naming the notebook.

    running: a list that holds the client while it works, for whoever wants to stop it.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=None,
        kernel_name="python3",
        shutdown_kernel="immediate",  # it has written what it has to write
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    running = [] if running is None else running
    running.append(client)
    try:
        client.execute()
    except (CellExecutionError, DeadKernelError) as error:
        raise RuntimeError(f"{path.name} failed:\n{error}") from error
    finally:
        running.remove(client)
    return _page(notebook, path.stem)


def _page(notebook, name):
    """The HTML page of an executed notebook."""
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    exporter = HTMLExporter(config=Config(jupyter_settings()))
    return exporter.from_notebook_node(notebook, resources={"metadata": {"name": name}})[0]


def jupyter_settings():
    """The settings of nbconvert that make a page of the report: our template, no code, nothing from the network."""
    return {
        "HTMLExporter": {
            "template_name": "cadrage",
            "extra_template_basedirs": [str(TEMPLATES)],
            "exclude_input": True,
            "exclude_input_prompt": True,
            "exclude_output_prompt": True,
            "embed_images": True,
            "preprocessors": ["analysis.report.prose.Translated"],
        },
    }


def install_settings():
    """Puts the template's settings where Jupyter of this environment finds them; other settings there stay."""
    folder = Path(sys.prefix) / "etc" / "jupyter"
    folder.mkdir(parents=True, exist_ok=True)
    for file in ("jupyter_nbconvert_config.json", "jupyter_server_config.json"):
        path = folder / file
        present = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        for section, values in jupyter_settings().items():
            present.setdefault(section, {}).update(values)
        path.write_text(json.dumps(present, indent=1), encoding="utf-8")
    return folder
