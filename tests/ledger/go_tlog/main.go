// Prints what Go's golang.org/x/mod/sumdb makes of made-up leaves, as the vectors that the ledger is tested
// against, and how long Go takes. Built by benchmarks/ledger.py with the sources that a Go installation holds.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type store []tlog.Hash

func (s store) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = s[index]
	}
	return found, nil
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func grow(size int64) store {
	var hashes store
	for n := int64(0); n < size; n++ {
		hashes = append(hashes, must(tlog.StoredHashes(n, fmt.Appendf(nil, "leaf %d", n), hashes))...)
	}
	return hashes
}

// digest stands for a list of proofs: SHA-256 over all their hashes in order.
func digest(proofs [][]tlog.Hash) string {
	all := sha256.New()
	for _, proof := range proofs {
		for _, hash := range proof {
			all.Write(hash[:])
		}
	}
	return fmt.Sprintf("%x", all.Sum(nil))
}

func vectors(size int64) map[string]any {
	hashes := grow(size)
	var roots, inclusion, consistency []string
	for t := int64(1); t <= size; t++ {
		var records, trees [][]tlog.Hash
		for n := int64(0); n < t; n++ {
			records = append(records, must(tlog.ProveRecord(t, n, hashes)))
			trees = append(trees, must(tlog.ProveTree(t, n+1, hashes)))
		}
		root := must(tlog.TreeHash(t, hashes))
		roots = append(roots, fmt.Sprintf("%x", root[:]))
		inclusion, consistency = append(inclusion, digest(records)), append(consistency, digest(trees))
	}
	root := must(tlog.TreeHash(size, hashes))
	seed := sha256.Sum256([]byte("a key for tests"))
	return map[string]any{
		"size": size, "roots": roots, "inclusion": inclusion, "consistency": consistency,
		"seed": fmt.Sprintf("%x", seed[:]), "note": sign(seed[:], "log.example/ledger", size, root),
	}
}

func sign(seed []byte, name string, size int64, root tlog.Hash) string {
	key := base64.StdEncoding.EncodeToString(append([]byte{1}, seed...))
	public := must(note.NewEd25519VerifierKey(name, ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)))
	verifier := must(note.NewVerifier(public))
	signer := must(note.NewSigner(fmt.Sprintf("PRIVATE+KEY+%s+%08x+%s", name, verifier.KeyHash(), key)))
	text := fmt.Sprintf("%s\n%d\n%s\n", name, size, root)
	return string(must(note.Sign(&note.Note{Text: text}, signer)))
}

// timing appends to a tree of this size and takes the new root each time, as the ledger does.
func timing(size int64) map[string]any {
	begun := time.Now()
	hashes := grow(size)
	built := time.Since(begun)
	begun = time.Now()
	const more = 2000
	for n := size; n < size+more; n++ {
		hashes = append(hashes, must(tlog.StoredHashes(n, fmt.Appendf(nil, "leaf %d", n), hashes))...)
		must(tlog.TreeHash(n+1, hashes))
	}
	each := time.Since(begun) / more
	return map[string]any{"size": size, "built_ms": built.Milliseconds(), "append_and_root_ns": each.Nanoseconds()}
}

func main() {
	size := must(strconv.ParseInt(os.Args[2], 10, 64))
	answer := vectors
	if os.Args[1] == "timing" {
		answer = timing
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(answer(size)); err != nil {
		panic(err)
	}
}
