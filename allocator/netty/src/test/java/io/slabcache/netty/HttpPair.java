package io.slabcache.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * A real HTTP server and clients on the loopback interface, all on one allocator. Each request has a body of some size;
 * the response has it twice. Clients check every byte.
 */
final class HttpPair implements AutoCloseable {
    private static final int LARGEST_MESSAGE = 1 << 20;
    private static final int LARGEST_BODY = 90_000;
    private static final int PIECE = 1_000;
    private static final int MOST_STARTS = 1_000;
    private static final byte[] CONTENTS = new byte[LARGEST_BODY + MOST_STARTS];

    static {
        new Random(1).nextBytes(CONTENTS);
    }

    private final ByteBufAllocator allocator;
    private final EventLoopGroup loops;
    private final Channel server;
    private final LongAdder answers = new LongAdder();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    HttpPair(ByteBufAllocator allocator, int threads) {
        this.allocator = allocator;
        this.loops = new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory());
        this.server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(LARGEST_MESSAGE),
                                        new Doubling());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    /** The bodies of one client's requests, from the smallest to larger ones than any slab object. */
    static int bodyBytes(int request) {
        int[] sizes = {16, 700, 100, 3_000, 40, 1_400, 12_000, 256, 64, 30_000, 512, 5_000};
        return request % 64 == 63 ? LARGEST_BODY : sizes[request % sizes.length];
    }

    /** {@return how many requests were answered rightly, by clients that go on while they may} */
    long exchange(int clients, BooleanSupplier mayGoOn) throws Exception {
        answers.reset();
        List<Channel> channels = new ArrayList<>();
        CountDownLatch ended = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            Client client = new Client(mayGoOn, ended);
            channels.add(new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.ALLOCATOR, allocator)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            ChannelPipeline pipeline = channel.pipeline();
                            pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST_MESSAGE), client);
                        }
                    })
                    .connect((InetSocketAddress) server.localAddress())
                    .sync()
                    .channel());
        }
        if (!ended.await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the clients did not end", failure.get());
        }
        for (Channel channel : channels) {
            channel.close().sync();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a client or the server failed", failure.get());
        }
        return answers.sum();
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Doubling extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            ByteBuf body = request.content();
            ByteBuf doubled = context.alloc().buffer(2 * body.readableBytes());
            doubled.writeBytes(body, body.readerIndex(), body.readableBytes());
            doubled.writeBytes(body, body.readerIndex(), body.readableBytes());
            FullHttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, doubled);
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, doubled.readableBytes());
            context.writeAndFlush(response);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failure.compareAndSet(null, cause);
            context.close();
        }
    }

    private final class Client extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final BooleanSupplier mayGoOn;
        private final CountDownLatch ended;
        private final byte[] received = new byte[LARGEST_BODY];
        private int requests;

        Client(BooleanSupplier mayGoOn, CountDownLatch ended) {
            this.mayGoOn = mayGoOn;
            this.ended = ended;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            send(context);
        }

        private void send(ChannelHandlerContext context) {
            int bytes = bodyBytes(requests);
            ByteBuf body = context.alloc().buffer(64);
            // In pieces, so that the buffer grows.
            for (int i = 0; i < bytes; i += PIECE) {
                body.writeBytes(CONTENTS, start() + i, Math.min(PIECE, bytes - i));
            }
            FullHttpRequest request =
                    new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/doubled", body);
            request.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, bytes);
            context.writeAndFlush(request);
        }

        /** Where the body of a request begins in the contents. */
        private int start() {
            return requests % MOST_STARTS;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            ByteBuf body = response.content();
            int bytes = bodyBytes(requests);
            boolean isRight = body.readableBytes() == 2 * bytes && isBody(body, 0, bytes) && isBody(body, bytes, bytes);
            if (!isRight) {
                throw new IllegalStateException("wrong answer to request " + requests + ": " + body);
            }
            answers.increment();
            requests++;
            if (mayGoOn.getAsBoolean()) {
                send(context);
            } else {
                ended.countDown();
            }
        }

        private boolean isBody(ByteBuf body, int index, int bytes) {
            body.getBytes(index, received, 0, bytes);
            return Arrays.equals(received, 0, bytes, CONTENTS, start(), start() + bytes);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failure.compareAndSet(null, cause);
            ended.countDown();
            context.close();
        }
    }
}
